const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EACCES: 'you have no right to it',
  EPERM: 'you have no right to it',
  EROFS: 'its disk takes no writes',
  ENOSPC: 'its disk is full',
  ENAMETOOLONG: 'its name is too long',
}

/** Why the system refused a file, in words; its own message where there are none. */
export function refusal(error: unknown): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
  const words = code === undefined ? undefined : WORDS[code]
  return words ?? (error instanceof Error ? error.message : String(error))
}
