export const sandbox = { title: { en: "sandbox", it: "sandbox" } };
