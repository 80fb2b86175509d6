// The visit and the cart: one figure of them, or one product.
import { useTranslation } from "react-i18next";
import { VISIT_FIGURES } from "../document";
import { Choice } from "../fields/Choice";
import { OperatorField } from "../fields/OperatorField";
import { Pick } from "../fields/Pick";
import { operatorsFor } from "../operators";
import type { FormProps } from "./forms";

const NUMBERS = operatorsFor(["number"]).slice(0, 7); // whether it is known cannot be asked here

export function VisitForm({ asks, change }: FormProps<"visit">) {
  const { t } = useTranslation();
  return (
    <>
      <span className="glue strong">{t("conditions.inVisit")}</span>
      <Choice
        label={t("conditions.figure")}
        value={asks.figure}
        choices={VISIT_FIGURES.map((value) => ({
          value,
          label: t(`conditions.visitFigures.${value}`),
        }))}
        onChange={(figure) => change({ ...asks, figure })}
      />
      <OperatorField
        place="is"
        value={asks.is}
        names={NUMBERS}
        whole
        onChange={(is, typed) => change({ ...asks, is }, typed ? "is" : undefined)}
      />
    </>
  );
}

export function CartForm({ asks, change }: FormProps<"cart">) {
  const { t } = useTranslation();
  return (
    <>
      <Choice
        label={t("conditions.figure")}
        value={asks.figure}
        choices={(["value", "count"] as const).map((value) => ({
          value,
          label: t(`conditions.cartFigures.${value}`),
        }))}
        onChange={(figure) =>
          change({
            ...asks,
            figure,
            is: { operator: ">=", number: figure === "value" ? 5000 : 1 },
          })
        }
        strong
      />
      <OperatorField
        place="is"
        value={asks.is}
        names={NUMBERS}
        money={asks.figure === "value"}
        whole
        onChange={(is, typed) => change({ ...asks, is }, typed ? "is" : undefined)}
      />
    </>
  );
}

export function CartHasForm({ asks, change }: FormProps<"cart has">) {
  const { t } = useTranslation();
  return (
    <>
      <span className="glue strong">{t("conditions.inCart")}</span>
      <Pick
        label={t("conditions.product")}
        place="product"
        value={asks.product}
        wanted={{ of: "product" }}
        onChange={(product) => change({ ...asks, product }, "product")}
      />
    </>
  );
}
