/** A home as it is shown: `~` for the operator's home directory at its beginning. */
export function homeName(home: string, homeDirectory: string): string {
  const above = homeDirectory.replace(/\/$/, '');
  return above !== '' && home.startsWith(`${above}/`) ? `~${home.slice(above.length)}` : home;
}
