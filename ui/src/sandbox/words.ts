// What the sandbox inbox says.
export const sandbox = {
  title: { en: "Sandbox inbox", it: "Posta di prova" },
  about: {
    en: "Mails that would have left. They stay on this machine and reach nobody.",
    it: "Le mail che sarebbero partite. Restano su questa macchina e non arrivano a nessuno.",
  },
  none: { en: "No mail yet", it: "Ancora nessuna mail" },
  noneDo: {
    en: "As long as no mail server is set, every mail lands here.",
    it: "Finché non è impostato un server di posta, ogni mail arriva qui.",
  },
  from: { en: "From", it: "Da" },
  to: { en: "To", it: "A" },
  received: { en: "Received", it: "Ricevuta" },
  subject: { en: "Subject", it: "Oggetto" },
  noSubject: { en: "(no subject)", it: "(senza oggetto)" },
  html: { en: "As it looks", it: "Come appare" },
  text: { en: "Plain text", it: "Testo" },
  headers: { en: "Headers", it: "Intestazioni" },
  links: { en: "Links", it: "Link" },
  noText: { en: "This mail has no plain text", it: "Questa mail non ha testo semplice" },
  noHtml: { en: "This mail has no formatted part", it: "Questa mail non ha una parte formattata" },
  noLinks: { en: "No link in this mail", it: "Nessun link in questa mail" },
  back: { en: "All mails", it: "Tutte le mail" },
  choose: { en: "Choose a mail to read it", it: "Scegliere una mail per leggerla" },
  toMessage: { en: "Why it was sent", it: "Perché è stata inviata" },
  body: { en: "The mail", it: "La mail" },
};
