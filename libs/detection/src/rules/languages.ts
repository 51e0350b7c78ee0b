import { phrases } from '../phrase-list.ts';
import type { PhraseRule } from '../phrase-rules.ts';

/** The words an attack needs, in one language written with Latin letters; accents are folded away. */
interface Language {
  readonly ignore: readonly string[];
  readonly earlier: readonly string[];
  readonly orders: readonly string[];
  /** Whole phrases that keep a person from knowing. */
  readonly conceal: readonly string[];
  readonly hide: readonly string[];
  readonly people: readonly string[];
  readonly send: readonly string[];
  readonly secrets: readonly string[];
  readonly addressed: readonly string[];
  readonly persona: readonly string[];
  readonly first: readonly string[];
}

const german: Language = {
  ignore: phrases(`
      ignoriere* ¦ ignorier ¦ vergiss ¦ missachte* ¦ uebergehe* ¦ ubergehe* ¦ verwirf ¦
      beachte nicht ¦ ausser acht`),
  earlier: phrases(`
      alle ¦ alles ¦ vorherigen ¦ bisherigen ¦ vorangegangenen ¦ obigen ¦ fruheren ¦ deine ¦
      ihre ¦ samtliche ¦ was zuvor`),
  orders: phrases(`
      anweisung* ¦ vorgaben ¦ regeln ¦ instruktion* ¦ befehle* ¦ richtlinien ¦ systemprompt ¦
      aufgaben ¦ einschrankungen`),
  conceal: phrases(`
      ohne den benutzer ¦ ohne dem benutzer ¦ ohne den nutzer ¦ ohne es zu erwahnen ¦
      behalte das fur dich ¦ verschweige* ¦ bleibt unter uns ¦ ohne ruckfrage`),
  hide: phrases(`
      sage nicht* ¦ sag nicht* ¦ erwahne nicht* ¦ erwahne diesen ¦ nicht erwahnen ¦
      nichts davon ¦ verrate nicht* ¦ teile nicht mit ¦ informiere nicht ¦ kein wort`),
  people: ['benutzer*', 'nutzer*', 'anwender*', 'kunden', 'menschen'],
  send: [
    'sende*',
    'schicke*',
    'ubermittle*',
    'lade * hoch'.replace(' * hoch', ''),
    'leite',
    'poste',
    'kopiere*',
    'ubertrage*',
  ],
  secrets: phrases(`
      passwort* ¦ passworter ¦ zugangsdaten ¦ api-schlussel ¦ geheimnis* ¦ schlussel ¦
      gesprachsverlauf ¦ unterhaltung ¦ anmeldedaten ¦ kundendaten`),
  addressed: phrases(`
      als ki-assistent ¦ an den assistenten ¦ hinweis fur ki ¦ an alle ki ¦ du bist eine ki ¦
      wenn du eine ki ¦ hinweis an das sprachmodell ¦ sprachmodell, du`),
  persona: phrases(`
      du bist jetzt ¦ ab sofort bist du ¦ tu so als ¦ ohne einschrankungen antworten ¦
      verhalte dich wie ¦ entwicklermodus ¦ neue anweisung*`),
  first: [
    'immer zuerst dieses werkzeug',
    'vor jedem anderen werkzeug',
    'dieses werkzeug immer',
    'anstelle anderer werkzeuge',
  ],
};

const french: Language = {
  ignore: phrases(`
      ignore ¦ ignorez ¦ ignorer ¦ oublie ¦ oubliez ¦ ne tiens pas compte ¦
      ne tenez pas compte ¦ neglige* ¦ fais abstraction ¦ faites abstraction`),
  earlier: phrases(`toutes ¦ tous ¦ precedent* ¦ anterieur* ¦ ci-dessus ¦ tes ¦ vos ¦ tout ce qui ¦ les`),
  orders: phrases(`
      instruction* ¦ consigne* ¦ regle* ¦ directive* ¦ ordres ¦ message systeme ¦
      prompt systeme ¦ limites`),
  conceal: phrases(`
      a l'insu de ¦ sans en informer ¦ sans prevenir ¦ sans le mentionner ¦ garde cela secret ¦
      gardez cela secret ¦ sans que l'utilisateur ¦ sans demander confirmation`),
  hide: phrases(`
      ne mentionne pas ¦ ne mentionnez pas ¦ ne dis rien ¦ ne dites rien ¦ ne dis pas ¦
      ne revele pas ¦ ne revelez pas ¦ ne previens pas ¦ n'informe pas ¦ n'informez pas ¦
      cache`),
  people: ['utilisateur*', "l'utilisateur*", 'client*', 'personne', 'humain'],
  send: phrases(`
      envoie ¦ envoyez ¦ envoyer ¦ transmets ¦ transmettez ¦ transfere* ¦ telecharge* ¦ publie ¦
      copie ¦ poste`),
  secrets: phrases(`
      mot de passe ¦ mots de passe ¦ identifiants ¦ cle d'api ¦ cle api ¦ cles api ¦ secrets ¦
      conversation ¦ historique ¦ jeton* ¦ donnees client*`),
  addressed: phrases(`
      note pour l'assistant ¦ a l'attention de l'ia ¦ si tu es une ia ¦ si vous etes une ia ¦
      en tant qu'ia ¦ en tant qu'assistant ¦ message pour l'ia ¦ modele de langage`),
  persona: phrases(`
      tu es maintenant ¦ vous etes maintenant ¦ a partir de maintenant ¦ desormais tu ¦
      desormais vous ¦ fais semblant ¦ sans aucune restriction ¦ mode developpeur ¦
      nouvelles instructions`),
  first: ['avant tout autre outil', 'toujours cet outil', 'a la place des autres outils', 'en priorite sur'],
};

const spanish: Language = {
  ignore: phrases(`
      ignora ¦ ignore ¦ ignorar ¦ ignorad ¦ olvida ¦ olvide ¦ olvidate de ¦ descarta ¦
      descarte ¦ no hagas caso ¦ haz caso omiso ¦ haga caso omiso ¦ omite`),
  earlier: phrases(`
      todas ¦ todos ¦ anteriores ¦ previas ¦ previos ¦ anterior ¦ tus ¦ sus ¦ todo lo ¦ las ¦
      los ¦ de arriba`),
  orders: phrases(`
      instrucciones ¦ reglas ¦ indicaciones ¦ directrices ¦ ordenes ¦ mensaje del sistema ¦
      prompt ¦ normas ¦ restricciones`),
  conceal: phrases(`
      sin que el usuario ¦ sin avisar al ¦ sin decirle ¦ sin mencionarlo ¦ sin informar al ¦
      mantenlo en secreto ¦ en secreto ¦ sin pedir confirmacion ¦ a espaldas del`),
  hide: phrases(`
      no menciones ¦ no mencione ¦ no digas ¦ no diga ¦ no le digas ¦ no reveles ¦ no revele ¦
      no informes ¦ no informe ¦ no se lo digas ¦ oculta* ¦ nunca menciones`),
  people: phrases(`usuario* ¦ al usuario ¦ cliente* ¦ nadie ¦ persona* ¦ humano*`),
  send: phrases(`
      envia ¦ envie ¦ enviar ¦ manda ¦ mande ¦ reenvia* ¦ sube ¦ publica ¦ copia ¦ transmite ¦
      remite`),
  secrets: phrases(`
      contrasena* ¦ credencial* ¦ claves de api ¦ clave de api ¦ clave api ¦ claves ¦ secretos ¦
      conversacion ¦ historial ¦ token* ¦ datos del cliente ¦ datos de los clientes`),
  addressed: phrases(`
      nota para el asistente ¦ nota para la ia ¦ si eres una ia ¦ si usted es una ia ¦
      como asistente de ia ¦ atencion asistente ¦ mensaje para la ia ¦ modelo de lenguaje`),
  persona: phrases(`
      ahora eres ¦ a partir de ahora ¦ actua como ¦ finge ser ¦ sin restricciones ¦
      sin ninguna restriccion ¦ modo desarrollador ¦ nuevas instrucciones`),
  first: [
    'antes que cualquier otra herramienta',
    'siempre esta herramienta',
    'en lugar de otras herramientas',
  ],
};

const italian: Language = {
  ignore: phrases(`
      ignora ¦ ignorare ¦ ignorate ¦ dimentica ¦ dimenticate ¦ trascura ¦ non considerare ¦
      tralascia ¦ scarta`),
  earlier: phrases(`tutte ¦ tutti ¦ precedenti ¦ precedente ¦ sopra ¦ tue ¦ le ¦ tutto cio`),
  orders: phrases(`
      istruzioni ¦ regole ¦ direttive ¦ indicazioni ¦ comandi ¦ prompt ¦ messaggio di sistema ¦
      linee guida ¦ restrizioni`),
  conceal: phrases(`
      all'insaputa ¦ senza dirlo ¦ senza avvisare ¦ senza informare ¦ senza menzionar* ¦
      tienilo segreto ¦ mantieni il segreto ¦ senza che l'utente ¦ senza chiedere conferma`),
  hide: phrases(`
      non menzionare ¦ non dire ¦ non dirlo ¦ non rivelare ¦ non informare ¦ nascondi* ¦
      non far sapere`),
  people: phrases(`utente ¦ l'utente ¦ all'utente ¦ utenti ¦ cliente ¦ nessuno`),
  send: phrases(`
      invia ¦ inviare ¦ manda ¦ mandare ¦ inoltra* ¦ carica ¦ pubblica ¦ copia ¦ trasmetti ¦
      spedisci`),
  secrets: phrases(`
      password ¦ credenziali ¦ chiave api ¦ chiavi api ¦ segreti ¦ conversazione ¦ cronologia ¦
      token ¦ dati dei clienti`),
  addressed: phrases(`
      nota per l'assistente ¦ nota per l'ia ¦ se sei un modello ¦ se sei un'ia ¦
      come assistente ia ¦ messaggio per l'ia ¦ modello linguistico`),
  persona: phrases(`
      ora sei ¦ d'ora in poi ¦ da ora in poi ¦ fai finta ¦ comportati come ¦ senza restrizioni ¦
      modalita sviluppatore ¦ nuove istruzioni`),
  first: ['prima di ogni altro strumento', 'sempre questo strumento', 'al posto di altri strumenti'],
};

const portuguese: Language = {
  ignore: phrases(`
      ignore ¦ ignora ¦ ignorar ¦ esqueca ¦ esquece ¦ desconsidere ¦ desconsidera ¦ descarte ¦
      nao leve em conta ¦ despreze`),
  earlier: phrases(`todas ¦ todos ¦ anteriores ¦ anterior ¦ acima ¦ suas ¦ tuas ¦ as ¦ os ¦ tudo o que`),
  orders: phrases(`
      instrucoes ¦ regras ¦ diretrizes ¦ orientacoes ¦ comandos ¦ prompt ¦ mensagem do sistema ¦
      restricoes`),
  conceal: phrases(`
      sem que o usuario ¦ sem o usuario ¦ sem avisar ¦ sem informar ¦ sem mencionar ¦
      mantenha em segredo ¦ em segredo ¦ sem pedir confirmacao ¦ sem o conhecimento`),
  hide: phrases(`
      nao mencione ¦ nao menciones ¦ nao diga ¦ nao conte ¦ nao revele ¦ nao informe ¦ oculte ¦
      esconda ¦ nunca mencione`),
  people: ['usuario*', 'ao usuario', 'utilizador*', 'cliente*', 'ninguem'],
  send: phrases(`
      envie ¦ envia ¦ enviar ¦ mande ¦ encaminhe ¦ encaminha ¦ publique ¦ copie ¦ transmita ¦
      carregue ¦ poste`),
  secrets: phrases(`
      senha ¦ senhas ¦ palavra-passe ¦ credenciais ¦ chave de api ¦ chaves de api ¦
      chave da api ¦ segredos ¦ conversa ¦ historico ¦ token ¦ dados dos clientes`),
  addressed: phrases(`
      nota para o assistente ¦ nota para a ia ¦ se voce e uma ia ¦ como assistente de ia ¦
      atencao assistente ¦ mensagem para a ia ¦ modelo de linguagem`),
  persona: phrases(`
      agora voce e ¦ voce agora e ¦ a partir de agora ¦ finja ser ¦ aja como ¦ sem restricoes ¦
      modo desenvolvedor ¦ novas instrucoes`),
  first: ['antes de qualquer outra ferramenta', 'sempre esta ferramenta', 'em vez de outras ferramentas'],
};

const dutch: Language = {
  ignore: phrases(`negeer ¦ negeert ¦ vergeet ¦ sla geen acht ¦ laat buiten beschouwing ¦ verwerp`),
  earlier: phrases(`alle ¦ eerdere ¦ vorige ¦ voorgaande ¦ bovenstaande ¦ je ¦ jouw ¦ uw ¦ alles`),
  orders: phrases(`
      instructies ¦ instructie ¦ regels ¦ richtlijnen ¦ opdrachten ¦ aanwijzingen ¦
      systeemprompt ¦ beperkingen`),
  conceal: phrases(`
      zonder het te vermelden ¦ zonder de gebruiker ¦ zonder medeweten ¦ hou dit geheim ¦
      houd dit geheim ¦ zonder te vragen ¦ zonder bevestiging`),
  hide: phrases(`
      vertel niet* ¦ vermeld niet* ¦ vermeld dit niet ¦ zeg niets ¦ zeg niet* ¦ onthul niet* ¦
      verberg* ¦ niets over zeggen ¦ informeer niet`),
  people: ['gebruiker*', 'klant*', 'niemand', 'mensen'],
  send: phrases(`stuur ¦ verstuur ¦ verzend ¦ upload ¦ plaats ¦ kopieer ¦ mail ¦ geef door`),
  secrets: phrases(`
      wachtwoord* ¦ inloggegevens ¦ api-sleutel* ¦ sleutels ¦ geheimen ¦ gesprek ¦
      gespreksgeschiedenis ¦ klantgegevens ¦ toegangsgegevens`),
  addressed: [
    'opmerking voor de assistent',
    'als je een ai bent',
    'bericht aan de ai',
    'als ai-assistent',
    'taalmodel',
  ],
  persona: phrases(`
      je bent nu ¦ vanaf nu ben je ¦ doe alsof ¦ zonder beperkingen ¦ gedraag je als ¦
      ontwikkelaarsmodus ¦ nieuwe instructies`),
  first: ['voor elk ander gereedschap', 'altijd dit hulpmiddel', 'in plaats van andere tools'],
};

const polish: Language = {
  ignore: phrases(`zignoruj ¦ ignoruj ¦ zapomnij ¦ pomin ¦ nie zwracaj uwagi ¦ odrzuc ¦ zlekcewaz`),
  earlier: phrases(`
      wszystkie ¦ wszystkich ¦ poprzednie ¦ poprzednich ¦ wczesniejsze ¦ wczesniejszych ¦
      powyzsze ¦ swoje ¦ o wszystkich`),
  orders: phrases(`
      instrukcje ¦ instrukcji ¦ polecenia ¦ zasady ¦ reguly ¦ wytyczne ¦ prompt ¦ ograniczenia ¦
      polecen ¦ zasad`),
  conceal: phrases(`
      bez wiedzy ¦ bez informowania ¦ zachowaj to w tajemnicy ¦ w tajemnicy przed ¦
      bez potwierdzenia ¦ nie wspominajac`),
  hide: ['nie wspominaj', 'nie informuj', 'nie ujawniaj', 'nie zdradzaj', 'ukryj'],
  people: ['uzytkownik*', 'klient*', 'nikomu', 'nikogo'],
  send: phrases(`wyslij ¦ przeslij ¦ przekaz ¦ opublikuj ¦ skopiuj ¦ wgraj`),
  secrets: phrases(`
      hasel ¦ dane logowania ¦ klucz api ¦ klucze api ¦ sekrety ¦ rozmowe ¦ rozmowy ¦
      dane klientow ¦ poufne`),
  addressed: [
    'uwaga dla asystenta',
    'jesli jestes ai',
    'wiadomosc dla ai',
    'jako asystent ai',
    'model jezykowy',
  ],
  persona: phrases(`
      jestes teraz ¦ od teraz ¦ udawaj ¦ bez ograniczen ¦ zachowuj sie jak ¦ tryb dewelopera ¦
      nowe instrukcje`),
  first: ['przed kazdym innym narzedziem', 'zawsze tego narzedzia', 'zamiast innych narzedzi'],
};

const turkish: Language = {
  ignore: phrases(`yok say ¦ yoksay ¦ goz ardi et ¦ unut ¦ dikkate alma ¦ gormezden gel ¦ gecersiz say`),
  earlier: ['onceki', 'yukaridaki', 'tum', 'butun', 'eski'],
  orders: phrases(`talimat* ¦ yonerge* ¦ kural* ¦ komut* ¦ emir* ¦ istem*`),
  conceal: phrases(`haberi olmadan ¦ gizli tut ¦ soylemeden ¦ bildirmeden ¦ onay almadan ¦ farkinda olmadan`),
  hide: phrases(`bahsetme ¦ soyleme ¦ bildirme ¦ aciklama yapma ¦ sakla ¦ gizle`),
  people: ['kullanici*', 'musteri*', 'kimse*'],
  send: phrases(`gonder ¦ ilet ¦ yukle ¦ kopyala ¦ paylas ¦ yayinla`),
  secrets: phrases(`
      sifre* ¦ parola* ¦ kimlik bilgileri ¦ api anahtar* ¦ gizli ¦ konusma* ¦ sohbet gecmisi ¦
      musteri verileri`),
  addressed: [
    'yapay zeka asistani',
    'asistana not',
    'eger bir yapay zeka',
    'yapay zeka icin not',
    'dil modeli',
  ],
  persona: phrases(`
      artik sen ¦ bundan sonra ¦ gibi davran ¦ sinirlama olmadan ¦ kisitlama olmadan ¦
      gelistirici modu ¦ yeni talimat*`),
  first: ['diger tum araclardan once', 'her zaman bu araci', 'diger araclar yerine'],
};

/** Turkish puts the verb last. */
const verbLast: ReadonlySet<Language> = new Set([turkish]);

function inOrder(
  language: Language,
  ...steps: readonly (readonly string[])[]
): readonly (readonly string[])[] {
  return verbLast.has(language) ? [...steps.slice(1), steps[0] ?? []] : steps;
}

function rulesOf(language: Language): readonly PhraseRule[] {
  const base = { owasp: 'MCP03', gap: 32 } as const;
  const override = {
    ...base,
    code: 'instruction_override',
    title: 'Text that gives orders to the model',
  } as const;
  const hidden = { ...base, code: 'concealment', title: 'Asks the model to hide something' } as const;
  return [
    {
      ...override,
      severity: 'high',
      confidence: 0.85,
      steps: inOrder(language, language.ignore, language.earlier, language.orders),
    },
    {
      ...override,
      severity: 'medium',
      confidence: 0.6,
      gap: 16,
      steps: inOrder(language, language.ignore, language.orders),
    },
    {
      ...hidden,
      severity: 'high',
      confidence: 0.8,
      steps: inOrder(language, language.hide, language.people),
    },
    { ...hidden, severity: 'medium', confidence: 0.6, steps: [language.conceal] },
    {
      ...base,
      code: 'exfiltration',
      title: 'Sends private data to an address',
      severity: 'high',
      confidence: 0.85,
      owasp: 'MCP10',
      gap: 60,
      steps: [language.send, language.secrets, ['http://*', 'https://*', '@*']],
    },
    {
      ...base,
      code: 'credential_request',
      title: 'Asks the model for credentials or the conversation',
      severity: 'medium',
      confidence: 0.5,
      owasp: 'MCP01',
      gap: 24,
      steps: inOrder(language, language.send, language.secrets),
    },
    {
      ...base,
      code: 'model_addressed',
      title: 'Text addressed to the model',
      severity: 'medium',
      confidence: 0.6,
      steps: [language.addressed],
    },
    {
      ...base,
      code: 'persona_change',
      title: 'Gives the model another role',
      severity: 'low',
      confidence: 0.35,
      steps: [language.persona],
    },
    {
      ...base,
      code: 'priority_claim',
      title: 'Claims to go before other tools',
      severity: 'medium',
      confidence: 0.7,
      only: 'declared',
      steps: [language.first],
    },
  ];
}

export const languageRules: readonly PhraseRule[] = [
  german,
  french,
  spanish,
  italian,
  portuguese,
  dutch,
  polish,
  turkish,
].flatMap(rulesOf);
