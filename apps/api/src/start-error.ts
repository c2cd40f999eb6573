/** What went wrong at the start, for a person: what, and what to do. Stacks are for bugs that the log shows. */
export function explainStartError(error: unknown, listen: { host: string; port: number } | undefined): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${listen?.port} on ${listen?.host} is taken by another program. Stop that program, or set PORT to a free port.`;
    case 'EACCES':
    case 'EPERM':
      return `${error.message}. Give this user access, or set WARDLINE_DATA_DIR (and PORT, below 1024) to what it may use.`;
    case 'EROFS':
    case 'ENOSPC':
      return `${error.message}. Set WARDLINE_DATA_DIR to a folder on a disk that can be written to.`;
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'ETIMEDOUT':
      return `The database that DATABASE_URL names cannot be reached (${code}). Start it, or unset DATABASE_URL to use the embedded database.`;
    default:
      return error.message || String(code ?? error.name);
  }
}
