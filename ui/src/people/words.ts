export const people = { title: { en: "people", it: "people" } };
