// The cookie banner: accept or only what is necessary, the same size, and Innesco is told.
import { all, keep, kept, one } from "./page.js";
import { consent } from "./say.js";

const banner = () => one("[data-banner]");

export function askForCookies() {
  const chosen = kept("cookies");
  if (chosen) tell(chosen);
  else banner().hidden = false;
  for (const button of all("[data-choice]"))
    button.addEventListener("click", () => choose(button.dataset.choice));
  for (const again of all("[data-banner-again]"))
    again.addEventListener("click", () => {
      banner().hidden = false;
      one("[data-choice]").focus();
    });
}

function choose(choice) {
  keep("cookies", choice);
  banner().hidden = true;
  tell(choice);
}

const tell = (choice) => consent({ storage: choice === "accept", profiling: choice === "accept" });
