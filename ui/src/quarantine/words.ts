export const quarantine = { title: { en: "quarantine", it: "quarantine" } };
