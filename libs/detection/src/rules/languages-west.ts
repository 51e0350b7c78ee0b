import { phrases } from '../phrase-list.ts';
import type { Language } from './language.ts';

export const german: Language = {
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

export const french: Language = {
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

export const spanish: Language = {
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

export const italian: Language = {
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
