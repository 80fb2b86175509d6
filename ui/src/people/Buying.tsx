// What lies in the cart, and what was bought.
import { Badge, Group, Stack, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CartNow, Line, OrderMade } from "@/api/schema";
import { Card } from "@/patterns/Card";
import { inLanguage } from "@/journeys/telling";
import { Moment, Money, useLanguage } from "@/patterns/Said";

export function CartCard({ cart }: { cart: CartNow | null }) {
  const { t } = useTranslation();
  const about = cart?.changed && (
    <>
      {t("people.touched")} <Moment at={cart.changed} />
    </>
  );
  return (
    <Card title={t("people.cart")} about={about}>
      {!cart || cart.items.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("people.noCart")}
        </Text>
      ) : (
        <Table withRowBorders={false} verticalSpacing={3} horizontalSpacing={0}>
          <Table.Tbody>
            {cart.items.map((item) => (
              <CartLine
                key={`${item.product}/${item.variant}`}
                item={item}
                currency={cart.currency}
              />
            ))}
            <Table.Tr fw={650}>
              <Table.Td />
              <Table.Td className="figure">
                <Money minor={cart.value} currency={cart.currency} />
              </Table.Td>
            </Table.Tr>
          </Table.Tbody>
        </Table>
      )}
    </Card>
  );
}

function CartLine({ item, currency }: { item: Line; currency: string }) {
  const language = useLanguage();
  return (
    <Table.Tr>
      <Table.Td className="break">
        {inLanguage(item.name, language) || (item.variant ?? item.product)}
        {item.quantity > 1 && ` × ${item.quantity}`}
      </Table.Td>
      <Table.Td className="figure">
        {item.price === null ? (
          "–"
        ) : (
          <Money minor={item.price * item.quantity} currency={currency} />
        )}
      </Table.Td>
    </Table.Tr>
  );
}

export function Orders({ orders, currency }: { orders: readonly OrderMade[]; currency: string }) {
  const { t } = useTranslation();
  return (
    <Card title={t("people.orders")}>
      {orders.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("people.noOrders")}
        </Text>
      )}
      <Stack gap="xs">
        {orders.map((order) => (
          <One key={order.id} order={order} currency={currency} />
        ))}
      </Stack>
    </Card>
  );
}

function One({ order, currency }: { order: OrderMade; currency: string }) {
  const { t } = useTranslation();
  return (
    <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
      <div style={{ minWidth: 0 }}>
        <Text size="sm" fw={550} className="clip">
          {order.id}
        </Text>
        <Text size="xs" c="dimmed">
          <Moment at={order.moment} />
        </Text>
        <Bought items={order.items} />
      </div>
      <div style={{ textAlign: "right" }}>
        <Text size="sm" fw={550} td={order.cancelled ? "line-through" : undefined}>
          <Money minor={order.value} currency={currency} />
        </Text>
        <Standing order={order} />
        {order.refunded > 0 && (
          <Text size="xs" c="dimmed">
            {t("people.refunded", { amount: "" })}
            <Money minor={order.refunded} currency={currency} />
          </Text>
        )}
      </div>
    </Group>
  );
}

function Bought({ items }: { items: readonly Line[] }) {
  const language = useLanguage();
  const names = items.map((item) => inLanguage(item.name, language) || item.product);
  return (
    <Text size="xs" c="dimmed" lineClamp={2}>
      {names.join(" · ")}
    </Text>
  );
}

function Standing({ order }: { order: OrderMade }) {
  const { t } = useTranslation();
  if (order.cancelled)
    return (
      <Badge size="sm" variant="light" color="red" tt="none">
        {t("people.cancelled")}
      </Badge>
    );
  const [colour, word] = order.confirmed
    ? (["green", "people.confirmed"] as const)
    : (["yellow", "people.claimedOrder"] as const);
  return (
    <Badge size="sm" variant="light" color={colour} tt="none">
      {t(word)}
    </Badge>
  );
}
