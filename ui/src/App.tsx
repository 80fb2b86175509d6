// Who comes in sees the workspace of the address; everybody else the door, and is let through after.
import { Center, Loader, Text } from "@mantine/core";
import { RouterProvider } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { asFailure } from "@/api/failure";
import { ShopContext } from "@/patterns/shop";
import { Trouble } from "@/patterns/Trouble";
import { ChoosePassword } from "@/signin/ChoosePassword";
import { Door } from "@/signin/Door";
import { errandOf } from "@/signin/errand";
import { MeContext, usePlace, useSession, type Place } from "@/signin/session";
import { SignIn } from "@/signin/SignIn";
import { TakeInvitation } from "@/signin/TakeInvitation";
import { routerOf } from "./router";

export function App() {
  const { t } = useTranslation();
  const session = useSession();
  const [errand, setErrand] = useState(() => errandOf(location));
  const [news, setNews] = useState<string>();
  const done = (said?: string) => {
    history.replaceState(null, "", "/");
    setErrand(null);
    setNews(said);
    void session.refetch();
  };
  if (errand?.kind === "reset")
    return <ChoosePassword ticket={errand.ticket} done={() => done(t("signin.done"))} />;
  if (errand?.kind === "invitation")
    return <TakeInvitation ticket={errand.ticket} done={() => done()} />;
  if (session.data)
    return (
      <MeContext value={session.data}>
        <Inside />
      </MeContext>
    );
  if (session.isPending)
    return (
      <Center mih="100dvh">
        <Loader aria-label={t("errors.loading")} />
      </Center>
    );
  if (asFailure(session.error).kind === "signed out") return <SignIn news={news} />;
  return (
    <Center mih="100dvh" p="md">
      <Trouble error={session.error} again={() => void session.refetch()} />
    </Center>
  );
}

function Inside() {
  const { t } = useTranslation();
  const place = usePlace();
  if (place) return <Workspace key={place.id} place={place} />;
  return (
    <Door title={t("signin.nowhere")}>
      <Text size="sm">{t("signin.nowhereDo")}</Text>
    </Door>
  );
}

function Workspace({ place }: { place: Place }) {
  const router = useMemo(() => routerOf(place.id), [place.id]);
  const { data } = useSession();
  const told = data?.now;
  const ahead = useMemo(() => (told ? new Date(told).getTime() - Date.now() : 0), [told]);
  const { zone, currency } = place;
  const shop = useMemo(() => ({ zone, currency, ahead }), [zone, currency, ahead]);
  return (
    <ShopContext value={shop}>
      <RouterProvider router={router} />
    </ShopContext>
  );
}
