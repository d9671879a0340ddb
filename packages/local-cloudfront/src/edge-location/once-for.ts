/** Makes what depends on nothing but a text once for each; for texts of which there are few. */
export function onceFor<Text extends string, Made>(
  make: (text: Text) => Made,
): (text: Text) => Made {
  const made = new Map<Text, Made>();
  return (text) => {
    const known = made.get(text);
    if (known !== undefined) return known;
    const value = make(text);
    made.set(text, value);
    return value;
  };
}
