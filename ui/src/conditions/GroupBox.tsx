// A group: whether all of its parts must hold or any, the parts, and the way to more of them.
import { Badge, Group, Text } from "@mantine/core";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { AddPart } from "./AddPart";
import { Choice } from "./fields/Choice";
import { Gap } from "./Gap";
import { LeafRow } from "./LeafRow";
import { join } from "./moves";
import { Grip, Handled, Denied, Problems } from "./parts";
import { PartMenu } from "./PartMenu";
import { isGroup, type Group as Shape, type Joined } from "./tree";
import { useBuilding } from "./useBuilder";

export function GroupBox({ group, level }: { group: Shape; level: number }) {
  const { t } = useTranslation();
  const { tree, act } = useBuilding();
  const root = group.key === tree.root.key;
  return (
    <div
      className="group"
      data-part={group.key}
      data-level={level}
      role="group"
      aria-label={t(`conditions.groups.${group.joined}`)}
    >
      <Handled part={group}>
        <Group gap={6} wrap="nowrap" className="group-head">
          {!root && <Grip part={group} />}
          {root && (
            <Text size="sm" fw={600}>
              {t("conditions.everybodyWho")}
            </Text>
          )}
          <Denied part={group} />
          <Choice<Joined>
            label={t("conditions.joined")}
            value={group.joined}
            choices={(["all", "any"] as const).map((value) => ({
              value,
              label: t(`conditions.groups.${value}`),
            }))}
            onChange={(joined) => act((tree) => join(tree, group.key, joined))}
            strong
          />
          <PartMenu part={group} />
        </Group>
      </Handled>
      <Problems part={group} />
      {group.parts.map((part, at) => (
        <Fragment key={part.key}>
          <Gap group={group.key} at={at}>
            {at > 0 && (
              <Badge variant="default" size="sm" tt="none" fw={600} className="joined">
                {t(`conditions.joins.${group.joined}`)}
              </Badge>
            )}
          </Gap>
          {isGroup(part) ? <GroupBox group={part} level={level + 1} /> : <LeafRow leaf={part} />}
        </Fragment>
      ))}
      <Gap group={group.key} at={group.parts.length} />
      {root && group.parts.length === 0 && (
        <Text size="sm" c="dimmed" pb="xs">
          {t("conditions.nothingAsked")}
        </Text>
      )}
      <AddPart group={group.key} first={root && group.parts.length === 0} />
    </div>
  );
}
