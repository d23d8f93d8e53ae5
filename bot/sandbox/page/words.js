// Every word of the page itself, in both languages. The bot brings its own.

const ENGLISH = {
  skip: "Skip to the message field",
  people: "People",
  addPerson: "Add a person",
  note: "Everyone here talks to the same bot. Nothing leaves this computer.",
  options: "Options for this person",
  conversation: "Conversation",
  whatCanItDo: "What can this bot do?",
  noDescription: "Press Start to talk to the bot.",
  jump: "To the newest message",
  editing: "Editing your message",
  stopEditing: "Stop editing",
  menu: "Menu",
  message: "Message",
  toggleKeys: "Show or hide the keyboard",
  attach: "Send a photo or a file",
  send: "Send",
  replyKeys: "Answers to choose from",
  name: "First name",
  appLanguage: "Language of their app",
  cancel: "Cancel",
  add: "Add",
  close: "Close",
  start: "START",
  bot: "bot",
  typing: "typing…",
  waiting: "waiting for the bot to connect…",
  offline: "the sandbox does not answer…",
  edited: "edited",
  edit: "Edit",
  you: "You",
  today: "Today",
  photo: "Photo",
  attachment: "Attachment",
  download: "Download",
  block: "Block the bot",
  unblock: "Unblock the bot",
  blockNote: "A bot that is blocked cannot write to this person.",
  restart: "UNBLOCK AND RESTART",
  commands: "Commands",
  results: "Results",
  nothing: "No results",
  opens: "opens a link",
  copied: "Copied",
  unread: "unread",
  tooBig: "This file is too big.",
  reveal: "Hidden text: show",
};

const FRENCH = {
  skip: "Aller au champ de message",
  people: "Personnes",
  addPerson: "Ajouter une personne",
  note: "Tout le monde ici parle au même robot. Rien ne quitte cet ordinateur.",
  options: "Options pour cette personne",
  conversation: "Conversation",
  whatCanItDo: "Que peut faire ce robot ?",
  noDescription: "Appuyez sur Démarrer pour parler au robot.",
  jump: "Aller au message le plus récent",
  editing: "Modification de votre message",
  stopEditing: "Arrêter la modification",
  menu: "Menu",
  message: "Message",
  toggleKeys: "Afficher ou masquer le clavier",
  attach: "Envoyer une photo ou un fichier",
  send: "Envoyer",
  replyKeys: "Réponses au choix",
  name: "Prénom",
  appLanguage: "Langue de son application",
  cancel: "Annuler",
  add: "Ajouter",
  close: "Fermer",
  start: "DÉMARRER",
  bot: "robot",
  typing: "écrit…",
  waiting: "en attente du robot…",
  offline: "le bac à sable ne répond pas…",
  edited: "modifié",
  edit: "Modifier",
  you: "Vous",
  today: "Aujourd’hui",
  photo: "Photo",
  attachment: "Pièce jointe",
  download: "Télécharger",
  block: "Bloquer le robot",
  unblock: "Débloquer le robot",
  blockNote: "Un robot bloqué ne peut pas écrire à cette personne.",
  restart: "DÉBLOQUER ET REDÉMARRER",
  commands: "Commandes",
  results: "Résultats",
  nothing: "Aucun résultat",
  opens: "ouvre un lien",
  copied: "Copié",
  unread: "non lus",
  tooBig: "Ce fichier est trop gros.",
  reveal: "Texte caché : afficher",
};

let current = ENGLISH;

export const word = (name) => current[name];

/** Put the page into the language of the person who is talking. */
export function speak(language) {
  const french = (language || "").startsWith("fr");
  current = french ? FRENCH : ENGLISH;
  document.documentElement.lang = french ? "fr" : "en";
  for (const element of document.querySelectorAll("[data-word]")) {
    element.textContent = current[element.dataset.word];
  }
  for (const element of document.querySelectorAll("[data-word-label]")) {
    element.setAttribute("aria-label", current[element.dataset.wordLabel]);
    if (element.classList.contains("icon")) element.title = current[element.dataset.wordLabel];
  }
}
