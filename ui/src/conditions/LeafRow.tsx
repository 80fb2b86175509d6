// One condition as a line to be read, whose words can be changed where they stand.
import { Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Document } from "./document";
import { formOf } from "./forms/forms";
import { RawForm } from "./forms/RawForm";
import { change } from "./moves";
import { Denied, Grip, Handled, Problems } from "./parts";
import { PartMenu } from "./PartMenu";
import type { Leaf } from "./tree";
import { understood } from "./understood";
import { PartContext, useBuilding } from "./useBuilder";

export function LeafRow({ leaf }: { leaf: Leaf }) {
  const { t } = useTranslation();
  return (
    <PartContext value={leaf.key}>
      <div
        className="leaf"
        data-part={leaf.key}
        role="group"
        aria-label={t("conditions.condition")}
      >
        <Handled part={leaf}>
          <Group gap={6} wrap="nowrap" align="flex-start">
            <Grip part={leaf} />
            <Group gap={6} flex={1} miw={0} align="flex-start">
              <Denied part={leaf} />
              <Form leaf={leaf} />
            </Group>
            <PartMenu part={leaf} />
          </Group>
        </Handled>
        <Problems part={leaf} />
      </div>
    </PartContext>
  );
}

function Form({ leaf: { key, asks } }: { leaf: Leaf }) {
  const { act } = useBuilding();
  const keep = (asks: Document, typed?: string) =>
    act((tree) => change(tree, key, asks), typed ? { typing: `${key}/${typed}` } : {});
  if (!understood(asks)) return <RawForm asks={asks} change={keep} />;
  const Fields = formOf(asks);
  return <Fields asks={asks} change={keep} />;
}
