// Coming in: sign-in, a forgotten password, an invitation.
export const signin = {
  title: { en: "Sign in", it: "Accedi" },
  welcome: {
    en: "What happens in the shop, and what to say about it.",
    it: "Che cosa succede nel negozio, e che cosa dire.",
  },
  email: { en: "E-mail", it: "E-mail" },
  password: { en: "Password", it: "Password" },
  show: { en: "Show or hide the password", it: "Mostra o nascondi la password" },
  act: { en: "Sign in", it: "Accedi" },
  forgotten: { en: "Forgotten the password?", it: "Password dimenticata?" },
  wrong: {
    en: "E-mail and password do not fit together. Check both; after several tries the door closes for a while.",
    it: "E-mail e password non corrispondono. Controllarle; dopo vari tentativi la porta resta chiusa per un po'.",
  },
  later: {
    en: "Too many tries. Wait a few minutes, then try again.",
    it: "Troppi tentativi. Attendere qualche minuto e riprovare.",
  },
  emailInvalid: { en: "An e-mail looks like name@shop.it", it: "Un'e-mail è come nome@negozio.it" },
  required: { en: "This is needed", it: "È necessario" },
  ended: { en: "Signed out", it: "Sessione conclusa" },
  endedDo: { en: "Sign in again to go on.", it: "Accedere di nuovo per continuare." },
  reset: { en: "A new password", it: "Una nuova password" },
  resetAbout: {
    en: "A link to choose a new one goes to this address, if it has an account.",
    it: "A questo indirizzo, se ha un account, arriva un link per sceglierne una nuova.",
  },
  resetAct: { en: "Send the link", it: "Invia il link" },
  resetSent: {
    en: "If {{email}} has an account, the mail is on its way. The link holds for one hour.",
    it: "Se {{email}} ha un account, la mail è in arrivo. Il link vale un'ora.",
  },
  back: { en: "Back to sign-in", it: "Torna all'accesso" },
  choose: { en: "Choose a new password", it: "Scegli una nuova password" },
  chooseAct: { en: "Keep this password", it: "Salva la password" },
  invited: { en: "Join the workspace", it: "Entra nello spazio" },
  invitedAbout: {
    en: "{{email}} becomes {{role}} in {{workspace}}.",
    it: "{{email}} diventa {{role}} in {{workspace}}.",
  },
  invitedKnown: {
    en: "This address has an account already: sign in with it, then open the link again to join.",
    it: "Questo indirizzo ha già un account: accedere, poi riaprire il link per entrare.",
  },
  nowhere: { en: "No workspace yet", it: "Ancora nessuno spazio" },
  nowhereDo: {
    en: "This account belongs to no workspace. Ask an owner for an invitation.",
    it: "Questo account non appartiene a nessuno spazio. Chiedere un invito a un proprietario.",
  },
  invitedAct: { en: "Join", it: "Entra" },
  name: { en: "Your name", it: "Nome" },
  tooShort: { en: "At least {{least}} characters", it: "Almeno {{least}} caratteri" },
  done: {
    en: "Done. Sign in with the new password.",
    it: "Fatto. Accedere con la nuova password.",
  },
};
