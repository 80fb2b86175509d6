export const journeys = { title: { en: "journeys", it: "journeys" } };
