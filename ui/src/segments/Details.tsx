// What a segment is called and what it is for, in the reader's language and, if wanted, the other.
import { Anchor, SimpleGrid, Stack, TagsInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "@/patterns/Said";
import { useSegments } from "./queries";
import type { Segment } from "./segment";

interface Props {
  segment: Segment;
  change: (more: Partial<Segment>) => void;
  missing: boolean; // the name, where it was asked for
}

export function Details({ segment, change, missing }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const other = language === "it" ? "en" : "it";
  const tags = useSegments().data?.tags ?? [];
  const [left, leave] = useState(false);
  const [both, showBoth] = useState(Boolean(segment.name?.[other] ?? segment.about?.[other]));
  const said = (field: "name" | "about", of: string) => ({
    value: segment[field]?.[of] ?? "",
    onChange: (event: { currentTarget: { value: string } }) =>
      change({ [field]: { ...segment[field], [of]: event.currentTarget.value } }),
    maxLength: 200,
  });
  const nameless = (missing || left) && !segment.name?.[language]?.trim();
  return (
    <Stack gap="xs">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t("segments.nameField")}
          {...said("name", language)}
          error={nameless && t("segments.nameMissing")}
          onBlur={() => leave(true)}
          required
        />
        <TextInput label={t("segments.aboutField")} {...said("about", language)} />
        {both && (
          <>
            <TextInput label={t("segments.nameOther")} {...said("name", other)} lang={other} />
            <TextInput label={t("segments.aboutOther")} {...said("about", other)} lang={other} />
          </>
        )}
        <TagsInput
          label={t("segments.tags")}
          placeholder={segment.tags?.length ? undefined : t("segments.tagsHint")}
          data={tags}
          value={segment.tags ?? []}
          onChange={(tags) => change({ tags })}
          acceptValueOnBlur
        />
      </SimpleGrid>
      {!both && (
        <Anchor component="button" type="button" size="sm" onClick={() => showBoth(true)} ta="left">
          {t("segments.otherLanguage")}
        </Anchor>
      )}
    </Stack>
  );
}
