export const settings = { title: { en: "settings", it: "settings" } };
