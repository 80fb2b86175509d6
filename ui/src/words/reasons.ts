// The server's reasons, which the core says in English, in the reader's language.
import type { Language } from "./language";

/** Each reason as the core writes it; `$1` and so on are what it names. */
const ITALIAN: [RegExp, string][] = [
  [/^the start condition does not hold$/, "la condizione d'inizio non vale"],
  [/^the event names no (.+)$/, "l'evento non nomina: $1"],
  [/^does not meet the condition to stay$/, "non soddisfa la condizione per restare"],
  [/^is in it already with (\S+) (.+)$/, "è già dentro con $1 $2"],
  [/^is in it already$/, "è già dentro"],
  [/^was in it already, on (.+)$/, "è già stata dentro, il $1"],
  [/^was in it less than (.+) ago$/, "è stata dentro meno di $1 fa"],
  [/^the journey is paused$/, "il percorso è in pausa"],
  [/^the journey was archived$/, "il percorso è stato archiviato"],
  [/^the journey was not published yet$/, "il percorso non era ancora pubblicato"],
  [
    /^nothing had been heard of her by then$/,
    "fino ad allora non si sapeva nulla di questa persona",
  ],
  [/^nothing came that starts it$/, "non è successo nulla che lo avvia"],
  [
    /^what starts it came before it was published only$/,
    "ciò che lo avvia è successo solo prima della pubblicazione",
  ],
  [/^was heard too late to start anything$/, "si è saputo troppo tardi per avviare qualcosa"],
  [/^imported history starts nothing$/, "la storia importata non avvia nulla"],
  [/^more than (\d+) events in a day$/, "più di $1 eventi in un giorno"],
  [
    /^told again, her past does not lead to what is kept of her$/,
    "raccontato di nuovo, il suo passato non porta a ciò che è conservato: la risposta può non essere quella di allora",
  ],
  [
    /^(\d+) publications of an older Innesco have no moment$/,
    "di $1 pubblicazioni di un Innesco più vecchio non si conosce il momento",
  ],
  [/^segment entered: (.+)$/, "ingresso nel segmento: $1"],
  [/^segment left: (.+)$/, "uscita dal segmento: $1"],
  [/^attribute changed: (.+)$/, "attributo cambiato: $1"],
  [/^trigger fired: (.+)$/, "innesco scattato: $1"],
  [/^the journey has no node (.+) any more$/, "il percorso non ha più il passo $1"],
  [/^in the control group$/, "nel gruppo di controllo"],
  [/^reached the end$/, "è arrivata alla fine"],
  [/^merged$/, "profili uniti"],
  [/^stopped by (.+)$/, "si è fermata con $1"],
  [/^reached the goal: (.+)$/, "obiettivo raggiunto: $1"],
  [/^no (\S+) address is known$/, "non si conosce un indirizzo $1"],
  [/^there is no product to show$/, "non c'è alcun prodotto da mostrare"],
  [/^its journey was left: (.+)$/, "è uscita dal suo percorso: $1"],
  [/^was worth sending until (.+)$/, "valeva la pena inviarlo fino a $1"],
  [
    /^would have to wait until (.+), too late by then$/,
    "dovrebbe aspettare fino a $1, ormai troppo tardi",
  ],
  [/^is no address of (.+)$/, "non è un indirizzo di $1"],
  [/^the address is on the exclusion list: (.+)$/, "l'indirizzo è nella lista di esclusione: $1"],
  [
    /^marketing consent of this address is (.+)$/,
    "il consenso al marketing di questo indirizzo è: $1",
  ],
  [
    /^profiling consent of this address is (.+)$/,
    "il consenso alla profilazione di questo indirizzo è: $1",
  ],
  [
    /^an unconfirmed address gets one message in (\d+) hours$/,
    "un indirizzo non confermato riceve un messaggio in $1 ore",
  ],
  [
    /^had (\d+) messages today, the most is (\d+)$/,
    "ha già ricevuto $1 messaggi oggi, il massimo è $2",
  ],
  [
    /^the sender stopped between sending and recording$/,
    "il programma si è fermato tra l'invio e la registrazione",
  ],
  [/^passed (\d+) nodes without a wait$/, "ha passato $1 passi senza un'attesa"],
  [/^larger than (\d+) bytes$/, "più grande di $1 byte"],
  [/^a track call needs a name$/, "una chiamata track ha bisogno di un nome"],
  [/^unknown type (.+)$/, "tipo sconosciuto $1"],
  [/^not a moment \(ISO 8601\)$/, "non è un momento (ISO 8601)"],
  [/^before the year 2000$/, "prima dell'anno 2000"],
  [/^nested deeper than (\d+)$/, "annidato oltre $1 livelli"],
  [/^a number beyond 2\^53 is not exact everywhere$/, "un numero oltre 2^53 non è esatto ovunque"],
  [/^a NUL character cannot be kept$/, "un carattere NUL non si può conservare"],
  [/^half a surrogate pair is no character$/, "mezza coppia surrogata non è un carattere"],
  [/^NaN and Infinity are no numbers$/, "NaN e Infinity non sono numeri"],
  [/^bytes that are no UTF-8$/, "byte che non sono UTF-8"],
  [
    /^damaged on disk: its checksum differs$/,
    "danneggiato sul disco: la somma di controllo non torna",
  ],
  [/^says nothing about who did it$/, "non dice nulla di chi l'ha fatto"],
];

const VALUES: Record<string, string> = {
  given: "dato",
  withdrawn: "ritirato",
  pending: "in attesa di conferma",
  absent: "assente",
  unsubscribed: "disiscritto",
  bounced: "non recapitabile",
  complained: "segnalato come spam",
  marketing: "marketing",
  profiling: "profilazione",
};

/** The reason in words; one that we do not know yet stays as the server said it. */
export function reasonIn(said: string, language: Language): string {
  if (language === "en") return said;
  const [, gate = "", reason = said] = /^([a-z]+): (.+)$/s.exec(said) ?? [];
  const found = ITALIAN.find(([shape]) => shape.test(said));
  if (found) return filled(said, found);
  const inner = ITALIAN.find(([shape]) => shape.test(reason));
  if (gate && inner) return filled(reason, inner);
  return VALUES[said] ?? said;
}

function filled(said: string, [shape, italian]: [RegExp, string]): string {
  const parts = shape.exec(said) ?? [];
  return italian.replace(/\$(\d)/g, (_, place: string) =>
    reasonIn(parts[Number(place)] ?? "", "it"),
  );
}
