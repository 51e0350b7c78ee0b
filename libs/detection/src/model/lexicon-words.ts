import type { WordGroup } from './lexicon.ts';

/**
 * Words by group, in the languages that attacks on agents are written in. Chinese and Japanese entries are pairs of
 * characters: their text has no spaces.
 */
export const lexiconWords: Readonly<Record<WordGroup, string>> = {
  assistant: `assistant assistants ai agent agents model models llm llms chatgpt gpt claude gemini bot chatbot copilot
    ais chatbots ki assistent assistenten asistente agente agentes modelo asistentes ia assistente modele modello agenten modell
    sprachmodell modellen asystent asystenta агент агента ассистент модель помощник ии 助手 模型 代理 智能 アシ エー モデ`,
  you: `you your yours yourself u ur du dein deine deinen deinem deiner dir dich ihr euch sie ihnen ihre tu tus te ti usted ustedes su
    vous votre vos toi ton ta tes voce voces seu sua teu lei vi tuo tua tuoi jij je jouw uw u ty twoj twoje ci ты вы вам ваш ваши твой тебе 你的 您的 你必 你需 请你 あな`,
  communicate: `send sends sending forward forwards forwarding email emails mail post posts posting upload uploads submit
    share publish notify message transmit dispatch relay report deliver cc bcc attach exfiltrate push broadcast dm text fax
    sende senden schicke schick schicken weiterleiten leite teile hochladen maile ubermittle ubermitteln verschicke
    envia enviar envie envien reenvia reenviar manda mandar publica comparte sube subir
    envoie envoyer envoyez transmets transmettre transfere transferez transferer publie partage
    invia inviare inoltra inoltrare condividi pubblica encaminhe encaminhar compartilhe mande verstuur stuur doorsturen deel wyslij przeslij
    отправь отправьте отправить перешли перешлите отправляй 发送 转发 上传 发到 送信 転送 送っ`,
  destroy: `delete deletes remove removes erase wipe drop destroy purge truncate uninstall overwrite format shred kill terminate clear
    losche loschen entferne entfernen vernichte elimina eliminar borra borrar borre supprime supprimer supprimez efface effacer
    elimina cancella cancellare rimuovi apague apagar exclua excluir remova verwijder wissen usun skasuj удали удалите удалить сотри 删除 清空 销毁 削除 消去`,
  money: `transfer transfers pay pays payment wire buy purchase refund invoice charge donate withdraw deposit book order send-money
    sell trade subscribe uberweise uberweisen bezahle zahle kaufe transfiere transferir paga pagar compra comprar virement verse payez paie achete
    trasferisci acquista bonifico transfira pague compre betaal overmaken przelej zaplac переведи переведите оплати 转账 支付 付款 购买 汇款 振り 支払 購入`,
  execute: `execute executes run runs call calls invoke invokes use uses open visit visits click download install launch start
    trigger load browse navigate go curl wget eval fetch import activate perform follow do
    fuhre ausfuhren rufe aufrufen offne starte besuche klicke installiere benutze verwende nutze befolge
    ejecuta ejecutar ejecute llama llamar invoca abre visita instala descarga usa usar utiliza sigue
    execute executer executez appelle appeler appelez lance ouvre visitez installe telecharge utilise utilisez suis suivez
    esegui eseguire chiama apri visita installa scarica usa segui execute executar chame abra instale baixe siga voer roep gebruik open
    wykonaj uruchom wywolaj otworz запусти запустите выполни выполните вызови открой скачай 执行 调用 运行 打开 访问 下载 安装 実行 呼び 開い`,
  override: `ignore ignores ignoring disregard forget override overrides overriding bypass discard neglect skip circumvent supersede
    supersedes replaces replace void cancel abandon stop drop unlearn
    ignoriere ignorieren ignoriert vergiss missachte uberschreibe umgehe ignora ignorar ignore olvida olvidar omite anula
    ignorez ignorer oublie oubliez outrepasse contourne ignora dimentica ignore ignorar esqueca desconsidere negeer vergeet zignoruj zapomnij pomin
    игнорируй игнорируйте забудь забудьте проигнорируй 忽略 忘记 无视 绕过 覆盖 無視 忘れ`,
  reveal: `reveal print output repeat show leak disclose expose dump echo display paste quote recite divulge list spill
    zeige ausgeben enthulle verrate wiederhole nenne drucke muestra mostrar revela revelar imprime repite divulga
    affiche afficher revele reveler imprime repete montre divulgue mostra rivela stampa ripeti revele mostre imprima repita toon onthul pokaz ujawnij
    покажи раскрой выведи повтори 显示 输出 透露 泄露 打印 重复 表示 出力 公開`,
  respond: `respond reply answer say tell write translate summarize summarise generate compose explain describe state speak mention
    inform claim pretend confirm recommend suggest convince persuade advise promote begin end speak talk
    antworte antworten sage sag schreibe ubersetze erzahle empfiehl behaupte erwahne fasse
    responde responder di escribe traduce recomienda menciona informa dile resume
    reponds repondez repondre dis dites ecris ecrivez traduis recommande mentionne resume
    rispondi scrivi traduci raccomanda di' responda diga escreva traduza recomende antwoord schrijf zeg odpowiedz napisz powiedz
    ответь ответьте скажи напиши переведи сообщи 回答 回复 告诉 翻译 推荐 写一 答え 伝え 教え 翻訳`,
  change: `grant grants reset create add append insert change update disable enable unlock approve authorize authorise schedule set modify
    edit assign invite register configure merge commit rename move copy save store write put include whitelist escalate turn deactivate
    encode encrypt decode mark fill complete populate prefix
    setze erstelle andere andern aktiviere deaktiviere genehmige fuge hinzufugen speichere trage kopiere gewahre
    crea crear anade agrega cambia actualiza activa desactiva aprueba concede guarda incluye copia restablece
    cree creer ajoute ajoutez modifie change active desactive approuve accorde enregistre copie inclure incluez
    aggiungi crea modifica cambia attiva disattiva approva concedi salva copia includi
    adicione crie altere mude ative desative aprove conceda salve inclua copie voeg wijzig zet dodaj zmien utworz
    добавь измени создай включи отключи сохрани скопируй 创建 添加 修改 重置 启用 禁用 授权 包含 追加 変更 作成 承認 保存`,
  read: `read reads get gets retrieve search find collect gather look lookup extract scan query inspect check access obtain harvest
    list lies lese hole suche sammle prufe finde lee leer obten busca recopila recoge extrae lis lire lisez recupere cherche collecte extrais
    leggi recupera cerca raccogli leia obtenha busque colete lees zoek haal przeczytaj znajdz pobierz прочитай прочти найди собери получи извлеки 读取 获取 收集 查找 提取 読み 取得 収集`,
  secrecy: `secret secretly silently quietly unnoticed hide hidden conceal covert covertly discreetly discreet stealth invisible invisibly
    background undisclosed confidentially tacitly unmentioned unaware knowing noticing privately transparently
    heimlich geheim still unbemerkt verschweige verborgen unauffallig hintergrund secreto secretamente silencio silenciosamente oculta discretamente
    secretement discretement silencieusement silence cache inapercu segretamente silenziosamente nascondi nascosto secretamente silenciosamente
    escondido heimelijk stilletjes ongemerkt potajemnie dyskretnie тайно скрытно незаметно молча секретно 秘密 悄悄 隐藏 暗中 不要告 静默 秘か 密か 内緒 黙っ`,
  sensitive: `password passwords passwd credential credentials token tokens key keys apikey ssh secret secrets env dotenv cookie cookies
    session history conversation conversations chat chats transcript pin cvv ssn iban wallet seed mnemonic private id_rsa shadow kubeconfig
    keychain certificate pem auth oauth bearer login balance salary medical passport otp mfa 2fa env environment config configuration
    passwort passworter zugangsdaten schlussel geheimnisse kennwort verlauf contrasena contrasenas credenciales clave claves historial
    mot_de_passe passe identifiants cle cles historique credenziali chiave chiavi cronologia senha senhas credenciais chave wachtwoord sleutel haslo hasla klucz
    пароль пароли ключ ключи токен историю переписку 密码 密钥 凭证 令牌 历史 对话 私钥 账号 パス 認証 履歴 秘密鍵`,
  instructions: `instruction instructions prompt prompts rule rules guideline guidelines policy policies directive directives command commands
    order orders task tasks restriction restrictions constraint constraints safeguard safeguards filter filters safety limitation limitations
    anweisung anweisungen regeln regel vorgaben richtlinie richtlinien befehl befehle aufgabe instruccion instrucciones reglas regla ordenes directrices tarea
    consigne consignes instruction regle regles directives tache istruzione istruzioni regole regola ordini compito instrucao instrucoes regras tarefa
    instructie instructies regels instrukcje polecenia zasady инструкция инструкции инструкций правила указания задача команды 指令 指示 规则 提示 任务 命令 限制 ルー プロンプト 制限`,
  tool: `tool tools function functions parameter parameters argument arguments plugin server servers mcp api endpoint endpoints field
    werkzeug funktion parameter feld herramienta herramientas funcion parametro outil outils fonction parametre strumento funzione ferramenta funcao narzedzie
    инструмент функция параметр 工具 函数 参数 接口 ツー 関数 引数`,
  oblige: `must always never mandatory required require requires important critical crucial immediately urgent urgently ensure essential
    strictly compulsory obligatory shall need needs should note attention warning notice asap necessary priority sure
    musst muss mussen immer niemals wichtig sofort unbedingt zwingend dringend erforderlich achtung hinweis
    debes debe siempre nunca importante inmediatamente urgente obligatorio atencion aviso necesario
    dois doit devez toujours jamais important immediatement urgent obligatoire attention imperativement
    devi deve sempre mai subito obbligatorio attenzione deve sempre nunca obrigatorio imediatamente atencao moet altijd nooit belangrijk direct
    musisz zawsze nigdy wazne natychmiast должен должны всегда никогда важно немедленно срочно обязательно внимание 必须 一定 始终 重要 立即 紧急 务必 必ず 重要 至急 常に`,
  first: `before first prior preceding previously previous earlier above preface initially beforehand
    bevor zuerst vorher vorherigen bisherigen obigen vor antes primero previas previos anteriores anterior avant abord precedentes precedent
    prima precedenti anteriores antes primeiro eerst vorige voordat najpierw przed poprzednie сначала прежде предыдущие перед 首先 之前 先前 以上 以前 前に まず 上記`,
  condition: `if when whenever once unless upon while until every-time falls wenn sobald sofern si cuando siempre-que si lorsque quand des se
    quando qualora se quando als wanneer zodra jesli gdy если когда 如果 当用 每当 もし 場合`,
  negation: `not don't dont do-not never without no nor neither cannot can't won't shouldn't mustn't avoid refrain nobody nothing none
    nicht kein keine keinen ohne niemanden no sin ningun nadie ne pas sans aucun non senza nessuno nao sem niet geen zonder nie bez
    не без нельзя никому 不要 不得 别 无需 不能 ないで しない 禁止`,
  user: `user users user's owner customer customers client human humans person recipient operator victim admin administrator
    nutzer benutzer anwender nutzers kunde kunden usuario usuarios cliente utilisateur utilisateurs client utente utenti gebruiker uzytkownik uzytkownika uzytkownikowi
    пользователь пользователя пользователю 用户 客户 ユーザ 利用者`,
  please: `please kindly bitte favor plait please per-favore prego por-favor alsjeblieft prosze пожалуйста 请将 请把 请先 请在 ください 下さい`,
  roleplay: `pretend roleplay role-play character act acting simulate simulation dan persona jailbreak jailbroken unrestricted unfiltered uncensored
    immoral illegal unethical ethical ethics fictional hypothetical imagine amoral evil openai moral morals legality legal developer-mode stan aim
    censored censorship content fantasy story scenario uncensored taboo explicit nsfw offensive consent freed liberated
    rolle rollenspiel spiele finge personaje actua rol pretends role personnage joue fingi personaggio finja personagem 扮演 角色 假装 越狱 演じ`,
  role: `system assistant user developer admin root human tool operator override sysadmin superuser supervisor`,
  external: `url urls link links site website webhook address addresses account accounts recipient recipients attacker ftp telegram discord pastebin
    gist ngrok inbox mailbox domain ip webseite adresse konto empfanger enlace sitio direccion cuenta destinatario lien adresse compte sito indirizzo conto
    endereco conta adres rekening konto адрес счет ссылка сайт 网址 链接 地址 账户 邮箱 口座 住所 宛先`,
  security: `attacker attackers vulnerability vulnerabilities vulnerable exploit exploits payload payloads injection xss csrf malicious attack attacks
    hacker hackers threat threats malware phishing sanitize sanitise mitigation pentest owasp cve bypass exploited`,
  speaker: `i we our my us me mine i'm i've we're ich wir mein meine unser mir mich yo mi nosotros nuestro mis je nous notre mon ma mes io noi mio nostro
    eu nos meu minha ik wij mijn ons ja my moj я мы мой наш мне 我们 我的 私の 私は`,
  describes: `returns provides allows lists retrieves creates updates deletes searches supports contains includes gets fetches sends optional
    default defaults example examples specifies represents whether indicates filters sorts type format string number integer boolean array
    can may will would could available given specified based within per using`,
  every: `all every any each entire full whole complete everything everyone anyone anything verbatim exact exactly
    alle alles jede jeden jeder gesamte gesamten vollstandig todo todos todas toda cada completo entero tout tous toutes chaque entier complet
    tutto tutti tutte ogni intero completo tudo todos cada inteiro alle hele elke wszystkie kazdy caly все всю весь каждый 所有 全部 每次 完整 すべて 全て 全部`,
  next: `now then next also instead additionally afterwards new henceforth hereafter anymore longer ab jetzt dann stattdessen ausserdem zusatzlich
    nun neue neuen ahora luego despues ademas nuevo nuevas maintenant ensuite puis aussi nouvelles nouvelle plutot ora poi inoltre nuove agora depois alem
    novas nu dan teraz potem теперь затем также новые 现在 然后 接下 今后 新的 これから 次に 今から 新しい`,
  pretext: `because security compliance audit verification verify maintenance debugging debug diagnostics troubleshooting backup logging telemetry
    analytics quality monitoring testing test authorized authorised approved permitted permission consent policy protocol procedure emergency
    migration update upgrade integrity reconcile sicherheit prufung uberprufung wartung seguridad auditoria verificacion securite verification maintenance
    sicurezza verifica seguranca veiligheid bezpieczenstwo безопасности проверка 安全 验证 审计 维护 合规 セキュ 確認 監査`,
};
