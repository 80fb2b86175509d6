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
  reason: { en: "Reason", it: "Motivo" },
  place: { en: "Place", it: "Punto" },
  source: { en: "Came from", it: "Origine" },
  received: { en: "Received", it: "Ricevuto" },
  body: { en: "As it came", it: "Com'è arrivato" },
  seq: { en: "Place in the log", it: "Posto nel registro" },
};
