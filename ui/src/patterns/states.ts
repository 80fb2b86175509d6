// One vocabulary of state: each has one colour, one icon and one word, everywhere.
import {
  IconArchive,
  IconBan,
  IconCheck,
  IconChecks,
  IconClick,
  IconClock,
  IconHandStop,
  IconHelpCircle,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconSend,
  IconX,
  type Icon,
} from "@tabler/icons-react";
import type { ParseKeys } from "i18next";

export interface View {
  colour: string;
  icon: Icon;
  word: ParseKeys;
}

export const MESSAGE_STATES = [
  "waiting",
  "claimed",
  "sent",
  "delivered",
  "clicked",
  "skipped",
  "failed",
  "uncertain",
] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** What a message can be asked for by; delivered and clicked are reported per message. */
export const OUTCOMES = ["waiting", "claimed", "sent", "skipped", "failed", "uncertain"] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const MESSAGE_VIEWS: Record<MessageState, View> = {
  waiting: { colour: "blue", icon: IconClock, word: "messages.state.waiting" },
  claimed: { colour: "indigo", icon: IconSend, word: "messages.state.claimed" },
  sent: { colour: "teal", icon: IconCheck, word: "messages.state.sent" },
  delivered: { colour: "green", icon: IconChecks, word: "messages.state.delivered" },
  clicked: { colour: "ember", icon: IconClick, word: "messages.state.clicked" },
  skipped: { colour: "gray", icon: IconBan, word: "messages.state.skipped" },
  failed: { colour: "red", icon: IconX, word: "messages.state.failed" },
  uncertain: { colour: "yellow", icon: IconHelpCircle, word: "messages.state.uncertain" },
};

export const JOURNEY_STATES = ["draft", "published", "paused", "held", "archived"] as const;
export type JourneyState = (typeof JOURNEY_STATES)[number];

export const JOURNEY_VIEWS: Record<JourneyState, View> = {
  draft: { colour: "gray", icon: IconPencil, word: "journeys.state.draft" },
  published: { colour: "green", icon: IconPlayerPlay, word: "journeys.state.published" },
  paused: { colour: "yellow", icon: IconPlayerPause, word: "journeys.state.paused" },
  held: { colour: "red", icon: IconHandStop, word: "journeys.state.held" },
  archived: { colour: "gray", icon: IconArchive, word: "journeys.state.archived" },
};

export const SEGMENT_STATES = ["draft", "published", "archived"] as const;
export type SegmentState = (typeof SEGMENT_STATES)[number];

export const SEGMENT_VIEWS: Record<SegmentState, View> = {
  draft: { colour: "gray", icon: IconPencil, word: "segments.state.draft" },
  published: { colour: "green", icon: IconPlayerPlay, word: "segments.state.published" },
  archived: { colour: "gray", icon: IconArchive, word: "segments.state.archived" },
};

export const LEVELS = ["anonymous", "claimed", "verified"] as const;
export type Level = (typeof LEVELS)[number];

export const LEVEL_VIEWS: Record<Level, View> = {
  anonymous: { colour: "gray", icon: IconHelpCircle, word: "people.level.anonymous" },
  claimed: { colour: "yellow", icon: IconClock, word: "people.level.claimed" },
  verified: { colour: "green", icon: IconCheck, word: "people.level.verified" },
};

/** A state of a newer server is shown by its own name rather than not at all. */
export function viewOf<State extends string>(
  views: Record<State, View>,
  state: string,
): View | null {
  return Object.hasOwn(views, state) ? views[state as State] : null;
}
