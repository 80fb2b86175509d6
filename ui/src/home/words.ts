export const home = { title: { en: "home", it: "home" } };
