// What the shop says to Innesco: calls wait in a queue until innesco.js is there, or for ever
// when Innesco does not answer. The shop itself never waits.
const api = () => (window.innesco = window.innesco || []);

export const track = (event, properties) => api().push(["track", event, properties]);
export const identify = (traits) => api().push(["identify", undefined, traits]);
export const subscribe = (wish) => api().push(["subscribe", wish]);
export const whenThere = (then) => api().push(then);
export const consent = (said) => api().push(["consent", said]);

/** The visitor's anonymous id, "" while innesco.js has not come. */
export const anonymousId = () => window.innesco?.anonymousId?.() ?? "";

/** The facts of a product without those that only lists have. */
export const factsOf = (element) => JSON.parse(element.dataset.facts);
