import { phrases } from '../phrase-list.ts';
import type { Language } from './language.ts';

export const portuguese: Language = {
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

export const dutch: Language = {
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

export const polish: Language = {
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

export const turkish: Language = {
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
