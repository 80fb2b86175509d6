// What the home page says.
export const home = {
  title: { en: "Home", it: "Inizio" },
  now: { en: "In the shop now", it: "Ora nel negozio" },
  nowAbout: {
    en: "people who did something in the last 5 minutes",
    it: "persone attive negli ultimi 5 minuti",
  },
  events: { en: "Events in the last hour", it: "Eventi nell'ultima ora" },
  eventsAbout: { en: "{{count}} in the last minute", it: "{{count}} nell'ultimo minuto" },
  sentAbout: { en: "{{asked}} asked for today", it: "{{asked}} richiesti oggi" },
  waitingAbout: { en: "for their time or turn", it: "il loro momento o turno" },
  sent: { en: "Messages sent today", it: "Messaggi inviati oggi" },
  waiting: { en: "Messages waiting", it: "Messaggi in attesa" },
  funnel: { en: "The way to an order, last 7 days", it: "La via verso l'ordine, ultimi 7 giorni" },
  funnelEmpty: { en: "No visit in the last 7 days", it: "Nessuna visita negli ultimi 7 giorni" },
  funnelEmptyDo: {
    en: "Once the SDK is on the shop's pages, this says where the shop loses people.",
    it: "Quando l'SDK è nelle pagine del negozio, qui si legge dove si perdono le persone.",
  },
  funnelOf: {
    en: "people who did each at least once",
    it: "persone che l'hanno fatto almeno una volta",
  },
  breakAt: {
    en: "Most orders are lost after “{{step}}”: {{lost}} of {{before}} people went no further",
    it: "Si perdono più ordini dopo “{{step}}”: {{lost}} persone su {{before}} non vanno oltre",
  },
  countedUpTo: {
    en: "the last {{length}} are not counted yet",
    it: "mancano ancora gli ultimi {{length}}",
  },
  notCounted: { en: "Nobody is counting just now", it: "Al momento nessuno conta" },
  notCountedDo: {
    en: "The role that counts over everybody is not running. Nothing is lost and messages go on; it catches up by itself once it is started:",
    it: "Il processo che conta su tutte le persone non è in esecuzione. Nulla va perso e i messaggi continuano; recupera da solo quando viene avviato:",
  },
  revenue: { en: "Revenue", it: "Ricavi" },
  revenueAbout: {
    en: "Last 7 days, today so far included, against the 7 before",
    it: "Ultimi 7 giorni, oggi compreso, rispetto ai 7 precedenti",
  },
  revenueEmpty: {
    en: "No order in the last 14 days",
    it: "Nessun ordine negli ultimi 14 giorni",
  },
  revenueEmptyDo: {
    en: "Orders that the shop's server reports or that are imported appear here.",
    it: "Qui compaiono gli ordini inviati dal server del negozio o importati.",
  },
  sold: {
    up_one: {
      en: "{{value}} from {{count}} order, up from {{before}}",
      it: "{{value}} da {{count}} ordine, in aumento da {{before}}",
    },
    up_other: {
      en: "{{value}} from {{count}} orders, up from {{before}}",
      it: "{{value}} da {{count}} ordini, in aumento da {{before}}",
    },
    down_one: {
      en: "{{value}} from {{count}} order, down from {{before}}",
      it: "{{value}} da {{count}} ordine, in calo da {{before}}",
    },
    down_other: {
      en: "{{value}} from {{count}} orders, down from {{before}}",
      it: "{{value}} da {{count}} ordini, in calo da {{before}}",
    },
    same_one: {
      en: "{{value}} from {{count}} order, as in the week before",
      it: "{{value}} da {{count}} ordine, come la settimana prima",
    },
    same_other: {
      en: "{{value}} from {{count}} orders, as in the week before",
      it: "{{value}} da {{count}} ordini, come la settimana prima",
    },
    first_one: { en: "{{value}} from {{count}} order", it: "{{value}} da {{count}} ordine" },
    first_other: { en: "{{value}} from {{count}} orders", it: "{{value}} da {{count}} ordini" },
  },
  afterClick_one: {
    en: "Of it {{value}} from {{count}} order within {{days}} days of a click in a message.",
    it: "Di cui {{value}} da {{count}} ordine entro {{days}} giorni da un clic in un messaggio.",
  },
  afterClick_other: {
    en: "Of it {{value}} from {{count}} orders within {{days}} days of a click in a message.",
    it: "Di cui {{value}} da {{count}} ordini entro {{days}} giorni da un clic in un messaggio.",
  },
  claimed_one: {
    en: "Not in it: {{count}} order of {{value}} that only a browser claims.",
    it: "Non compreso: {{count}} ordine di {{value}} riportato solo dal browser.",
  },
  claimed_other: {
    en: "Not in it: {{count}} orders of {{value}} that only browsers claim.",
    it: "Non compresi: {{count}} ordini di {{value}} riportati solo dal browser.",
  },
  claimedDo: { en: "Trust them", it: "Considerarli attendibili" },
  dayColumn: { en: "Day", it: "Giorno" },
  ordersColumn: { en: "Orders", it: "Ordini" },
  noBreak: { en: "Nobody got lost on the way", it: "Nessuno si è perso per strada" },
  step: {
    Visit: { en: "Visited", it: "In visita" },
    "Product Viewed": { en: "Looked at a product", it: "Visto un prodotto" },
    "Product Added": { en: "Put into the cart", it: "Messo nel carrello" },
    "Checkout Started": { en: "Went to the checkout", it: "Alla cassa" },
    "Order Completed": { en: "Ordered", it: "Ordinato" },
  },
  stepColumn: { en: "Step", it: "Passo" },
  peopleColumn: { en: "People", it: "Persone" },
  fromBefore: { en: "Of the step before", it: "Del passo prima" },
  ofAll: { en: "Of all", it: "Del totale" },
  needs: { en: "What needs you", it: "Da guardare" },
  nothing: { en: "Nothing needs you now", it: "Nulla da fare adesso" },
  nothingDo: { en: "Journeys run by themselves.", it: "I percorsi vanno da soli." },
  need: {
    room: {
      en: "The server's disk is almost full: without room no event is kept and no message leaves",
      it: "Il disco del server è quasi pieno: senza spazio nessun evento è salvato e nessun messaggio parte",
    },
    stopped: { en: "Sending is stopped", it: "L'invio è fermo" },
    sender: {
      en: "No mail can leave: the sender's address is missing",
      it: "Nessuna mail può partire: manca l'indirizzo del mittente",
    },
    behind: {
      en: "Live is {{length}} behind; it catches up by itself, messages wait for it",
      it: "L'elaborazione è in ritardo di {{length}}; recupera da sola, i messaggi la aspettano",
    },
    failed_one: {
      en: "{{shown}} message failed in the last 7 days",
      it: "{{shown}} messaggio non riuscito negli ultimi 7 giorni",
    },
    failed_other: {
      en: "{{shown}} messages failed in the last 7 days",
      it: "{{shown}} messaggi non riusciti negli ultimi 7 giorni",
    },
    uncertain_one: {
      en: "Nobody knows whether {{shown}} message left",
      it: "Di {{shown}} messaggio non si sa se sia partito",
    },
    uncertain_other: {
      en: "Nobody knows whether {{shown}} messages left",
      it: "Di {{shown}} messaggi non si sa se siano partiti",
    },
    quarantined_one: {
      en: "{{shown}} event was refused in the last 7 days",
      it: "{{shown}} evento rifiutato negli ultimi 7 giorni",
    },
    quarantined_other: {
      en: "{{shown}} events were refused in the last 7 days",
      it: "{{shown}} eventi rifiutati negli ultimi 7 giorni",
    },
    held_one: { en: "{{shown}} run is held", it: "{{shown}} corsa trattenuta" },
    held_other: { en: "{{shown}} runs are held", it: "{{shown}} corse trattenute" },
    drafts_one: {
      en: "{{shown}} journey has a draft that waits to be published",
      it: "{{shown}} percorso ha una bozza da pubblicare",
    },
    drafts_other: {
      en: "{{shown}} journeys have a draft that waits to be published",
      it: "{{shown}} percorsi hanno una bozza da pubblicare",
    },
  },
};
