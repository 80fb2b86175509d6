// How she may be reached, what she allowed, and a share drawn by lot.
import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CHANNELS, PURPOSES, type Typed } from "../document";
import { Amount } from "../fields/Amount";
import { Choice } from "../fields/Choice";
import type { FormProps } from "./forms";

export function ConsentForm({ asks, change }: FormProps<"consent">) {
  const { t } = useTranslation();
  return (
    <>
      <span className="glue strong">{t("conditions.allowed")}</span>
      <Choice
        label={t("conditions.purpose")}
        value={asks.purpose ?? "marketing"}
        choices={PURPOSES.map((value) => ({ value, label: t(`conditions.purposes.${value}`) }))}
        onChange={(purpose) => change({ ...asks, purpose })}
      />
      <span className="glue">{t("conditions.by")}</span>
      <Channel asks={asks} change={(channel) => change({ ...asks, channel })} />
    </>
  );
}

export function ReachableForm({ asks, change }: FormProps<"reachable">) {
  const { t } = useTranslation();
  return (
    <>
      <span className="glue strong">{t("conditions.reachableBy")}</span>
      <Channel asks={asks} change={(channel) => change({ ...asks, channel })} />
    </>
  );
}

type ChannelName = (typeof CHANNELS)[number];

function Channel(props: {
  asks: { channel: ChannelName };
  change: (channel: ChannelName) => void;
}) {
  const { t } = useTranslation();
  return (
    <Choice
      label={t("conditions.channel")}
      value={props.asks.channel}
      choices={CHANNELS.map((value) => ({ value, label: t(`conditions.channels.${value}`) }))}
      onChange={props.change}
    />
  );
}

export function ShareForm({ asks, change }: FormProps<"random share">) {
  const { t } = useTranslation();
  return (
    <>
      <span className="glue strong">{t("conditions.shareFrom")}</span>
      <Amount
        label={t("conditions.shareStart")}
        place="start"
        value={percent(asks.start)}
        unit="%"
        min={0}
        max={100}
        onChange={(start) => change({ ...asks, start: part(start) }, "start")}
      />
      <span className="glue">{t("conditions.shareTo")}</span>
      <Amount
        label={t("conditions.shareEnd")}
        place="end"
        value={percent(asks.end)}
        unit="%"
        min={0}
        max={100}
        onChange={(end) => change({ ...asks, end: part(end) }, "end")}
      />
      <span className="glue">{t("conditions.drawnFor")}</span>
      <TextInput
        className="word"
        size="xs"
        aria-label={t("conditions.salt")}
        aria-description={t("conditions.saltAbout")}
        value={asks.salt}
        onChange={(event) => change({ ...asks, salt: event.currentTarget.value }, "salt")}
      />
    </>
  );
}

function percent(part: Typed): Typed {
  return part === null ? null : Number((part * 100).toPrecision(12));
}

function part(percent: Typed): Typed {
  return percent === null ? null : Number((percent / 100).toPrecision(12));
}
