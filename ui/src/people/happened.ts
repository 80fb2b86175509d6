// One sentence for each event we know by name; the blanks are filled by `sentence.ts`.
export const happened = {
  other: { en: "{{name}}", it: "{{name}}" },
  "Page Viewed": { en: "Opened the page “{{title}}”", it: "Ha aperto la pagina “{{title}}”" },
  "Screen Viewed": {
    en: "Opened the screen “{{title}}”",
    it: "Ha aperto la schermata “{{title}}”",
  },
  "Product Viewed": {
    en: "Looked at {{product}}{{price}}",
    it: "Ha guardato {{product}}{{price}}",
  },
  "Product List Viewed": { en: "Browsed {{category}}", it: "Ha sfogliato {{category}}" },
  "Product List Filtered": { en: "Filtered {{category}}", it: "Ha filtrato {{category}}" },
  "Product Clicked": { en: "Clicked on {{product}}", it: "Ha cliccato su {{product}}" },
  "Products Searched": { en: "Searched for “{{query}}”", it: "Ha cercato “{{query}}”" },
  "Product Added": {
    en: "Put {{product}}{{times}} into the cart",
    it: "Ha messo {{product}}{{times}} nel carrello",
  },
  "Product Removed": {
    en: "Took {{product}}{{times}} out of the cart",
    it: "Ha tolto {{product}}{{times}} dal carrello",
  },
  "Product Added to Wishlist": {
    en: "Put {{product}} on the wish list",
    it: "Ha messo {{product}} nella lista dei desideri",
  },
  "Product Removed from Wishlist": {
    en: "Took {{product}} off the wish list",
    it: "Ha tolto {{product}} dalla lista dei desideri",
  },
  "Cart Viewed": { en: "Looked at the cart{{value}}", it: "Ha guardato il carrello{{value}}" },
  "Checkout Started": { en: "Went to the checkout{{value}}", it: "È andato alla cassa{{value}}" },
  "Checkout Step Viewed": {
    en: "Saw step {{step}} of the checkout",
    it: "Ha visto il passo {{step}} della cassa",
  },
  "Checkout Step Completed": {
    en: "Finished step {{step}} of the checkout",
    it: "Ha completato il passo {{step}} della cassa",
  },
  "Payment Info Entered": {
    en: "Entered how to pay",
    it: "Ha inserito il metodo di pagamento",
  },
  "Order Completed": {
    en: "Placed order {{order}}{{value}}",
    it: "Ha fatto l'ordine {{order}}{{value}}",
  },
  "Order Updated": {
    en: "Order {{order}} was changed",
    it: "L'ordine {{order}} è stato modificato",
  },
  "Order Refunded": {
    en: "Order {{order}} was refunded{{value}}",
    it: "L'ordine {{order}} è stato rimborsato{{value}}",
  },
  "Order Cancelled": {
    en: "Order {{order}} was cancelled",
    it: "L'ordine {{order}} è stato annullato",
  },
  "Coupon Entered": { en: "Entered the code {{coupon}}", it: "Ha inserito il codice {{coupon}}" },
  "Coupon Applied": { en: "Used the code {{coupon}}", it: "Ha usato il codice {{coupon}}" },
  "Coupon Denied": {
    en: "The code {{coupon}} was refused",
    it: "Il codice {{coupon}} è stato rifiutato",
  },
  "Coupon Removed": { en: "Removed the code {{coupon}}", it: "Ha tolto il codice {{coupon}}" },
  "Promotion Viewed": { en: "Saw a promotion", it: "Ha visto una promozione" },
  "Promotion Clicked": { en: "Clicked on a promotion", it: "Ha cliccato su una promozione" },
  "Product Shared": { en: "Shared {{product}}", it: "Ha condiviso {{product}}" },
  "Product Reviewed": { en: "Reviewed {{product}}", it: "Ha recensito {{product}}" },
  Identified: { en: "Said who it is", it: "Ha detto chi è" },
  "Signed Up": { en: "Opened an account in the shop", it: "Si è registrato nel negozio" },
  "Signed In": { en: "Signed in to the shop", it: "È entrato nel negozio" },
  "Signed Out": { en: "Signed out of the shop", it: "È uscito dal negozio" },
  "Subscription Requested": {
    en: "Asked to subscribe {{email}}",
    it: "Ha chiesto di iscrivere {{email}}",
  },
  "Subscription Confirmed": {
    en: "Confirmed the subscription",
    it: "Ha confermato l'iscrizione",
  },
  Unsubscribed: { en: "Unsubscribed", it: "Si è disiscritto" },
  "Consent Given": { en: "Gave consent ({{purposes}})", it: "Ha dato il consenso ({{purposes}})" },
  "Consent Withdrawn": {
    en: "Withdrew consent ({{purposes}})",
    it: "Ha ritirato il consenso ({{purposes}})",
  },
  "Message Sent": { en: "Was sent “{{message}}”", it: "Ha ricevuto l'invio “{{message}}”" },
  "Message Delivered": {
    en: "“{{message}}” was delivered",
    it: "“{{message}}” è stato recapitato",
  },
  "Message Clicked": {
    en: "Clicked in “{{message}}”",
    it: "Ha cliccato in “{{message}}”",
  },
  "Message Scanned": {
    en: "A machine tried a link in “{{message}}”",
    it: "Una macchina ha provato un link in “{{message}}”",
  },
  "Message Bounced": {
    en: "“{{message}}” could not be delivered",
    it: "“{{message}}” non è stato recapitato",
  },
  "Message Complained": {
    en: "Reported “{{message}}” as spam",
    it: "Ha segnalato “{{message}}” come spam",
  },
  "Message Skipped": {
    en: "“{{message}}” was not sent: {{reason}}",
    it: "“{{message}}” non è stato inviato: {{reason}}",
  },
  "Message Failed": {
    en: "“{{message}}” failed: {{reason}}",
    it: "“{{message}}” non è riuscito: {{reason}}",
  },
  "Message Uncertain": {
    en: "It is not known whether “{{message}}” left",
    it: "Non si sa se “{{message}}” sia partito",
  },
  "Profile Merged": { en: "Two profiles became one", it: "Due profili sono diventati uno" },
};
