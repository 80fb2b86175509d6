// A person at a glance: what was bought, how often she came, what lies in the cart, what we may.
import { SimpleGrid } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { PersonPage } from "@/api/schema";
import { Figure } from "@/patterns/Figure";
import { Moment, Money, useLanguage } from "@/patterns/Said";
import { useShop } from "@/patterns/shop";
import { count } from "@/reading/money";
import { bought, mayMail } from "./glance";

export function Glance({ person }: { person: PersonPage }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { currency } = useShop();
  const { orders, value, last } = bought(person.orders);
  const { visit, cart } = person;
  const pieces = cart?.items.reduce((sum, item) => sum + item.quantity, 0) ?? 0;
  const may = mayMail(person);
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }}>
      <Figure
        name={t("people.spent")}
        value={<Money minor={value} currency={currency} />}
        about={
          last ? (
            <>
              {t("people.ordersCount", { count: orders })} · <Moment at={last} />
            </>
          ) : (
            t("people.noOrders")
          )
        }
      />
      <Figure
        name={t("people.visits")}
        value={count(visit?.number ?? 0, language)}
        about={visit && <Moment at={visit.last} />}
      />
      <Figure
        name={t("people.cart")}
        value={<Money minor={cart?.value ?? 0} currency={cart?.currency ?? currency} />}
        about={pieces ? t("people.pieces", { count: pieces }) : t("people.noCart")}
      />
      <Figure
        name={t("people.mayMail")}
        value={t(`people.may.${may}`)}
        about={t(`people.mayAbout.${may}`)}
      />
    </SimpleGrid>
  );
}
