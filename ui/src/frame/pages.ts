// The pages of the rail, in their order.
import {
  IconHome,
  IconInbox,
  IconMail,
  IconMoodConfuzed,
  IconRoute,
  IconSettings,
  IconUsers,
  IconUsersGroup,
  type Icon,
} from "@tabler/icons-react";
import type { ParseKeys } from "i18next";

export interface RailPage {
  to:
    | "/"
    | "/people"
    | "/segments"
    | "/journeys"
    | "/messages"
    | "/sandbox"
    | "/quarantine"
    | "/settings";
  word: ParseKeys;
  short: ParseKeys;
  icon: Icon;
}

export const PAGES: readonly RailPage[] = [
  { to: "/", word: "frame.home", short: "frame.home", icon: IconHome },
  { to: "/people", word: "frame.people", short: "frame.people", icon: IconUsers },
  { to: "/segments", word: "frame.segments", short: "frame.segments", icon: IconUsersGroup },
  { to: "/journeys", word: "frame.journeys", short: "frame.journeys", icon: IconRoute },
  { to: "/messages", word: "frame.messages", short: "frame.messages", icon: IconMail },
  { to: "/sandbox", word: "frame.sandbox", short: "frame.short.sandbox", icon: IconInbox },
  {
    to: "/quarantine",
    word: "frame.quarantine",
    short: "frame.short.quarantine",
    icon: IconMoodConfuzed,
  },
  { to: "/settings", word: "frame.settings", short: "frame.short.settings", icon: IconSettings },
];
