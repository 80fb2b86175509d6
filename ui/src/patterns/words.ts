// What is said when something is loading, empty, wrong, or about to be changed.
export const errors = {
  unreachable: { en: "The server does not answer", it: "Il server non risponde" },
  unreachableDo: {
    en: "Nothing was lost here. Check that Innesco is running, then try again.",
    it: "Qui non è andato perso nulla. Verificare che Innesco sia in esecuzione e riprovare.",
  },
  forbidden: { en: "Your role does not allow this", it: "Il ruolo non lo consente" },
  forbiddenDo: {
    en: "Ask an owner of the workspace to do it, or to change your role.",
    it: "Chiedere a un proprietario dello spazio di farlo o di cambiare il ruolo.",
  },
  missing: { en: "This does not exist (any more)", it: "Non esiste (più)" },
  missingDo: {
    en: "It may have been merged, erased, or belong to another workspace.",
    it: "Potrebbe essere stato unito, cancellato o appartenere a un altro spazio.",
  },
  refused: { en: "The server did not accept this", it: "Il server non l'ha accettato" },
  broken: { en: "Something went wrong on the server", it: "Qualcosa è andato storto sul server" },
  brokenDo: {
    en: "What was shown before is kept. Try again; if it stays, look into the server's log.",
    it: "Quanto mostrato prima è conservato. Riprovare; se persiste, consultare il log del server.",
  },
  crashed: { en: "This page stumbled", it: "Questa pagina è inciampata" },
  crashedDo: {
    en: "Nothing was changed. Reload the page; if it happens again, report it with the text below.",
    it: "Nulla è stato modificato. Ricaricare la pagina; se si ripete, segnalarlo con il testo qui sotto.",
  },
  again: { en: "Try again", it: "Riprova" },
  noPage: { en: "There is no such page", it: "Questa pagina non c'è" },
  noPageDo: { en: "Go to the home page", it: "Vai alla pagina iniziale" },
  cancel: { en: "Cancel", it: "Annulla" },
  close: { en: "Close", it: "Chiudi" },
  save: { en: "Save", it: "Salva" },
  saved: { en: "Saved", it: "Salvato" },
  copy: { en: "Copy", it: "Copia" },
  copied: { en: "Copied", it: "Copiato" },
  more: { en: "Show more", it: "Mostra altro" },
  typeToConfirm: { en: "Type {{name}} to confirm", it: "Scrivere {{name}} per confermare" },
  table: { en: "Show the table", it: "Mostra la tabella" },
  hideTable: { en: "Hide the table", it: "Nascondi la tabella" },
  export: { en: "Export (CSV)", it: "Esporta (CSV)" },
  loading: { en: "Loading", it: "Caricamento" },
};
