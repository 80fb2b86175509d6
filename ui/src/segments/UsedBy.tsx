// What names this segment, each with the way to it.
import { Anchor, List } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Use } from "@/api/schema";
import { inLanguage } from "@/journeys/telling";
import { useLanguage } from "@/patterns/Said";
import { segments } from "./words";

const PAGES: Record<string, string> = { journey: "/journeys", segment: "/segments" };

export function Users({ users }: { users: readonly Use[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <List size="sm" spacing={4} listStyleType="none" withPadding={false}>
      {users.map(({ kind, id, name, in_force }) => {
        const said = inLanguage(name, language) || id;
        const page = PAGES[kind];
        const known = Object.hasOwn(segments.usedByKind, kind);
        return (
          <List.Item key={`${kind}/${id}`} className="break">
            {known ? t(`segments.usedByKind.${kind as keyof typeof segments.usedByKind}`) : kind}:{" "}
            {page ? (
              <Anchor component={Link} to={`${page}/${id}`} size="sm">
                {said}
              </Anchor>
            ) : (
              said
            )}
            {!in_force && ` (${t("segments.usedByDraft")})`}
          </List.Item>
        );
      })}
    </List>
  );
}
