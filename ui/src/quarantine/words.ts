// What the quarantine says.
export const quarantine = {
  title: { en: "Quarantine", it: "Quarantena" },
  about: {
    en: "Events that were refused, each by itself, with the reason. Their neighbours went through.",
    it: "Eventi rifiutati, ciascuno per sé, con il motivo. I vicini sono passati.",
  },
  none: { en: "Nothing was refused", it: "Nulla è stato rifiutato" },
  noneDo: {
    en: "What the shop sends is well formed.",
    it: "Ciò che il negozio invia è ben formato.",
  },
  reasons_one: { en: "{{shown}} event was refused", it: "{{shown}} evento rifiutato" },
  reasons_other: { en: "{{shown}} events were refused", it: "{{shown}} eventi rifiutati" },
  reasonsAbout: {
    en: "By reason. They are not taken in later: mend what the shop sends, and the next ones pass.",
    it: "Per motivo. Non vengono ripresi: correggere ciò che il negozio invia, e i prossimi passano.",
  },
  newest: { en: "The newest", it: "I più recenti" },
  ofAll: { en: "of all reasons", it: "di tutti i motivi" },
  showAll: { en: "Show all", it: "Mostra tutti" },
  reason: { en: "Reason", it: "Motivo" },
  place: { en: "Place", it: "Punto" },
  source: { en: "Came from", it: "Origine" },
  received: { en: "Received", it: "Ricevuto" },
  body: { en: "As it came", it: "Com'è arrivato" },
  seq: { en: "Place in the log", it: "Posto nel registro" },
};
