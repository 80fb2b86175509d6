// Ties the queue to what the visitor allows: kept on the device and taken over by the next page,
// or in this page's memory only.

import { type Delivery, delivery } from "./delivery";
import type { Device } from "./device";
import { randomId } from "./message";
import { post } from "./post";
import { type Line, orphaned, type Queue } from "./queue";
import { tell } from "./quiet";
import { readJson, shelf } from "./shelf";
import type { Tag } from "./tag";

export interface Memory {
  delivery: Delivery;
  /** Take over what pages that are gone have left. */
  adopt(): void;
}

export function memory(tag: Tag, device: Device): Memory {
  const queues = `q.${tag.key}.`;
  const mine = queues + randomId();

  const line = delivery({
    key: tag.key,
    now: () => Date.now(),
    random: () => Math.random(),
    post: (body, leaving) => post(`${tag.host}/v1/b`, body, leaving),
    later(milliseconds, work) {
      const timer = setTimeout(work, milliseconds);
      return () => clearTimeout(timer);
    },
    keep(queue) {
      if (!device.stores()) return;
      if (queue.lines.length) shelf.write(mine, JSON.stringify(queue));
      else shelf.remove(mine);
    },
    mayGo: (line: Line) => device.stores() || tag.before === "send" || line.asked === true,
    say: (what) => console.debug(`innesco: ${what}`),
  });

  function takeOver(): void {
    for (const name of shelf.names()) {
      const queue = name.startsWith(queues) && name !== mine ? readJson<Queue>(name) : undefined;
      if (!queue || !orphaned(queue, Date.now())) continue;
      line.adopt(queue); // kept under our own name first: a crash in between doubles, never loses
      shelf.remove(name);
    }
  }

  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) line.comeBack(device.stores() && shelf.read(mine) === null);
  });

  return {
    delivery: line,
    /** Two tabs that open together must not take the same queue: one after the other. */
    adopt: () =>
      navigator.locks ? void navigator.locks.request("innesco", takeOver).catch(tell) : takeOver(),
  };
}
