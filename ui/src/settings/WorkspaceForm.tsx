// The shop: its name, money, zone, addresses and habits.
import {
  Checkbox,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  TextInput,
  Textarea,
} from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { WorkspaceSettings } from "@/api/schema";
import { Card } from "@/patterns/Card";
import { Shown } from "@/patterns/Shown";
import { LANGUAGE_NAMES, LANGUAGES } from "@/words/language";
import { useSettings } from "./queries";
import { SaveBar } from "./SaveBar";
import { useSettingsForm } from "./useSettingsForm";

const ZONES = Intl.supportedValuesOf("timeZone");

export function WorkspaceForm() {
  const settings = useSettings();
  return <Shown query={settings}>{(data) => <Form held={data} />}</Shown>;
}

function Form({ held }: { held: WorkspaceSettings }) {
  const { t } = useTranslation();
  const { form, save, busy, error, readOnly } = useSettingsForm(held.settings);
  const field = (place: string) => ({ ...form.getInputProps(place), readOnly });
  return (
    <form noValidate onSubmit={save}>
      <Stack>
        <Card title={t("settings.tab.workspace")}>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              label={t("settings.name")}
              description={t("settings.nameAbout")}
              required
              {...field("name")}
            />
            <Select
              label={t("settings.language")}
              description={t("settings.languageAbout")}
              data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
              allowDeselect={false}
              {...field("language")}
            />
            <Select
              label={t("settings.zone")}
              description={t("settings.zoneAbout")}
              data={ZONES}
              searchable
              allowDeselect={false}
              limit={50}
              {...field("zone")}
            />
            <TextInput
              label={t("settings.currency")}
              description={t("settings.currencyAbout")}
              maxLength={3}
              {...field("currency")}
            />
            <Textarea
              label={t("settings.postal")}
              description={t("settings.postalAbout")}
              autosize
              minRows={2}
              {...field("postal_address")}
            />
            <TextInput
              label={t("settings.shop")}
              description={t("settings.shopAbout")}
              type="url"
              placeholder="https://"
              {...field("shop_url")}
            />
            <TextInput
              label={t("settings.logo")}
              description={t("settings.logoAbout")}
              type="url"
              placeholder="https://"
              {...field("logo_url")}
            />
            <TextInput
              label={t("settings.cart")}
              description={t("settings.cartAbout", { interpolation: { skipOnVariables: true } })}
              type="url"
              placeholder="https://…?rebuild={items}"
              {...field("cart_url")}
            />
          </SimpleGrid>
        </Card>
        <Card title={t("settings.habits")}>
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <NumberInput
              label={t("settings.caps")}
              description={t("settings.capsAbout")}
              min={0}
              allowDecimal={false}
              {...field("most_marketing_a_day")}
            />
            <NumberInput
              label={t("settings.quietStart")}
              description={t("settings.quietAbout")}
              min={0}
              max={24}
              allowDecimal={false}
              {...field("quiet.start")}
            />
            <NumberInput
              label={t("settings.quietEnd")}
              description={t("settings.quietAbout")}
              min={0}
              max={24}
              allowDecimal={false}
              {...field("quiet.end")}
            />
          </SimpleGrid>
          <Checkbox
            mt="md"
            label={t("settings.trust")}
            disabled={readOnly}
            {...form.getInputProps("trust_browser_orders", { type: "checkbox" })}
          />
        </Card>
        <SaveBar readOnly={readOnly} dirty={form.isDirty()} busy={busy} error={error} />
      </Stack>
    </form>
  );
}
