// Every page of a workspace and what its address may say; each page is its own chunk.
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from "@tanstack/react-router";
import { Frame } from "@/frame/Frame";
import { NoPage, Stumble } from "@/patterns/Stumble";
import { Lines } from "@/patterns/Shown";
import type { Chosen } from "@/messages/queries";
import { LEVELS, OUTCOMES, SEGMENT_STATES, type Level } from "@/patterns/states";
import type { Which } from "@/segments/queries";
import type { When } from "@/why/queries";

const root = createRootRoute({ component: Frame, notFoundComponent: NoPage });

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: lazyRouteComponent(() => import("@/home/Home"), "Home"),
});

const people = createRoute({
  getParentRoute: () => root,
  path: "/people",
  validateSearch: (said: Record<string, unknown>): { q?: string; level?: Level; who?: string } => ({
    ...text(said, "who"),
    ...text(said, "q"),
    ...oneOf(said, "level", LEVELS),
  }),
  component: lazyRouteComponent(() => import("@/people/People"), "People"),
});

const person = createRoute({
  getParentRoute: () => root,
  path: "/people/$person",
  validateSearch: (said: Record<string, unknown>): { why?: string } & When => ({
    ...text(said, "why"),
    ...text(said, "run"),
    ...place(said),
    ...text(said, "at"),
  }),
  component: lazyRouteComponent(() => import("@/people/Person"), "Person"),
});

const segments = createRoute({
  getParentRoute: () => root,
  path: "/segments",
  validateSearch: (said: Record<string, unknown>): Which => ({
    ...text(said, "q"),
    ...text(said, "tag"),
    ...oneOf(said, "state", SEGMENT_STATES),
  }),
  component: lazyRouteComponent(() => import("@/segments/Segments"), "Segments"),
});

const newSegment = createRoute({
  getParentRoute: () => root,
  path: "/segments/new",
  validateSearch: (said: Record<string, unknown>): { who?: string; ready?: string } => ({
    ...text(said, "who"),
    ...text(said, "ready"),
  }),
  component: lazyRouteComponent(() => import("@/segments/Edit"), "NewSegment"),
});

const readySegments = createRoute({
  getParentRoute: () => root,
  path: "/segments/ready",
  component: lazyRouteComponent(() => import("@/segments/Ready"), "Ready"),
});

const segment = createRoute({
  getParentRoute: () => root,
  path: "/segments/$segment",
  validateSearch: (said: Record<string, unknown>): { at?: string } => text(said, "at"),
  component: lazyRouteComponent(() => import("@/segments/SegmentPage"), "SegmentPage"),
});

const editSegment = createRoute({
  getParentRoute: () => root,
  path: "/segments/$segment/edit",
  component: lazyRouteComponent(() => import("@/segments/Edit"), "EditSegment"),
});

const journeys = createRoute({
  getParentRoute: () => root,
  path: "/journeys",
  component: lazyRouteComponent(() => import("@/journeys/Journeys"), "Journeys"),
});

const journey = createRoute({
  getParentRoute: () => root,
  path: "/journeys/$journey",
  component: lazyRouteComponent(() => import("@/journeys/JourneyPage"), "JourneyPage"),
});

const messages = createRoute({
  getParentRoute: () => root,
  path: "/messages",
  validateSearch: (said: Record<string, unknown>): Chosen => ({
    ...oneOf(said, "state", OUTCOMES),
    ...text(said, "gate"),
    ...text(said, "journey"),
    ...text(said, "channel"),
    ...text(said, "person"),
  }),
  component: lazyRouteComponent(() => import("@/messages/Messages"), "Messages"),
});

const message = createRoute({
  getParentRoute: () => root,
  path: "/messages/story",
  validateSearch: (said: Record<string, unknown>): { key?: string } => text(said, "key"),
  component: lazyRouteComponent(() => import("@/messages/MessagePage"), "MessagePage"),
});

const sandbox = createRoute({
  getParentRoute: () => root,
  path: "/sandbox",
  validateSearch: (said: Record<string, unknown>): { mail?: number } => {
    const mail = Number(said.mail);
    return Number.isInteger(mail) && mail > 0 ? { mail } : {};
  },
  component: lazyRouteComponent(() => import("@/sandbox/Sandbox"), "Sandbox"),
});

const quarantine = createRoute({
  getParentRoute: () => root,
  path: "/quarantine",
  validateSearch: (said: Record<string, unknown>): { reason?: string } => text(said, "reason"),
  component: lazyRouteComponent(() => import("@/quarantine/Quarantine"), "Quarantine"),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  validateSearch: (said: Record<string, unknown>): { tab?: string } => text(said, "tab"),
  component: lazyRouteComponent(() => import("@/settings/Settings"), "Settings"),
});

const pages = root.addChildren([
  home,
  people,
  person,
  segments,
  readySegments,
  newSegment,
  segment,
  editSegment,
  journeys,
  journey,
  messages,
  message,
  sandbox,
  quarantine,
  settings,
]);

/** The router of one workspace; another workspace is another address, and another router. */
export function routerOf(workspace: string) {
  return createRouter({
    routeTree: pages,
    basepath: `/w/${workspace}`,
    defaultPreload: "intent",
    defaultPendingComponent: Lines,
    defaultErrorComponent: Stumble,
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof routerOf>;
  }
}

/** A place in the log that a question is asked as of. */
function place(said: Record<string, unknown>): { seq?: number } {
  const seq = Number(said.seq);
  return Number.isInteger(seq) && seq > 0 ? { seq } : {};
}

function text<Key extends string>(
  said: Record<string, unknown>,
  key: Key,
): { [K in Key]?: string } {
  const value = said[key];
  const words = typeof value === "number" ? String(value) : value;
  return typeof words === "string" && words !== ""
    ? ({ [key]: words } as { [K in Key]?: string })
    : {};
}

function oneOf<Key extends string, Value extends string>(
  said: Record<string, unknown>,
  key: Key,
  values: readonly Value[],
): { [K in Key]?: Value } {
  const value = values.find((one) => one === said[key]);
  return value ? ({ [key]: value } as { [K in Key]?: Value }) : {};
}
