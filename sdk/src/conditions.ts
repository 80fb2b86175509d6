// The script beside innesco.js that answers conditions in the browser, for what is decided there.

export { read } from "./conditions/condition";
export { fold } from "./conditions/fold";
export type { Condition } from "./conditions/condition";
export type { Answer, Event, Fact, Item, View, Visit } from "./conditions/view";
