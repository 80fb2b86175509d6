// A field of a condition: what is wrong at its place is said once it was left.
import { useContext } from "react";
import { useTranslation } from "react-i18next";
import { PartContext, useBuilding } from "../useBuilder";

export function useField(place: string) {
  const { t } = useTranslation();
  const part = useContext(PartContext);
  const { wrong, shown, leave } = useBuilding();
  const problem = wrong.find((one) => one.key === part && one.place === place);
  return {
    error: problem && shown(problem) ? t(`conditions.wrong.${problem.wrong}`) : undefined,
    onBlur: () => leave(`${part}/${place}`),
  };
}
