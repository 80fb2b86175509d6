// Which workspace an address is about: `/w/botteguccia/people` is about botteguccia.

export function addressed<Place extends { id: string }>(
  places: readonly Place[],
  path: string,
): Place | null {
  const id = /^\/w\/([^/]+)/.exec(path)?.[1];
  return places.find((place) => place.id === id) ?? places[0] ?? null;
}
