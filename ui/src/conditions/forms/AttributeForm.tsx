// What is known of her: an attribute, asked as the kind of value that it has.
import { useTranslation } from "react-i18next";
import { OperatorField } from "../fields/OperatorField";
import { Pick } from "../fields/Pick";
import { operatorsFor } from "../operators";
import { useFitting, useKinds } from "../seen";
import type { FormProps } from "./forms";

export function AttributeForm({ asks, change }: FormProps<"attribute">) {
  const { t } = useTranslation();
  const kinds = useKinds("attribute", asks.name);
  useFitting(asks.is, kinds, (is) => change({ ...asks, is }, "name"));
  return (
    <>
      <span className="glue strong">{t("conditions.kinds.attribute")}</span>
      <Pick
        label={t("conditions.attribute")}
        place="name"
        value={asks.name}
        wanted={{ of: "attribute" }}
        onChange={(name) => change({ ...asks, name }, "name")}
      />
      <OperatorField
        place="is"
        value={asks.is}
        names={operatorsFor(kinds)}
        wanted={{ of: "attribute value", name: asks.name }}
        onChange={(is, typed) => change({ ...asks, is }, typed ? "is" : undefined)}
      />
    </>
  );
}
