/** Twice the size, as the command line's. */
const SCALE = 2
/** What every browser's canvas takes: px a side, and in all. */
const SIDE_MAX = 16_384
const AREA_MAX = 268_000_000

/** An SVG that stands alone as PNG, in the page's own faces; null where the browser cannot. */
export async function paintPng(svg: string): Promise<Blob | null> {
  const dressed = svg.replace('<style>', `<style>${await fontFaces(svg)}`)
  const address = URL.createObjectURL(new Blob([dressed], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    const { naturalWidth: width, naturalHeight: height } = image
    const scale = Math.min(SCALE, SIDE_MAX / Math.max(width, height), Math.sqrt(AREA_MAX / (width * height)))
    const canvas = document.createElement('canvas')
    canvas.width = Math.floor(width * scale)
    canvas.height = Math.floor(height * scale)
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
  } catch {
    return null
  } finally {
    URL.revokeObjectURL(address)
  }
}

/**
 * The page's faces that the letters of a drawing need, as data: a picture is painted by itself, and reaches neither the
 * page's faces nor any address.
 */
async function fontFaces(svg: string): Promise<string> {
  const letters = new Set([...svg].map((letter) => letter.codePointAt(0) ?? 0))
  const faces = [...document.styleSheets].flatMap((sheet) =>
    [...sheet.cssRules].flatMap((rule) => {
      if (!(rule instanceof CSSFontFaceRule)) return []
      const family = rule.style.getPropertyValue('font-family')
      return /^["']?Inter Variable/.test(family) && isNeeded(rule, letters) ? [{ rule, sheet }] : []
    }),
  )
  const embedded = await Promise.all(faces.map(({ rule, sheet }) => embed(rule.cssText, sheet.href)))
  return embedded.join('')
}

/** Whether one of the letters is in a face's `unicode-range`, such as `U+0-FF, U+131`. */
function isNeeded(rule: CSSFontFaceRule, letters: ReadonlySet<number>): boolean {
  const ranges = rule.style.getPropertyValue('unicode-range')
  if (ranges === '') return true
  return ranges.split(',').some((range) => {
    const [from = 0, to = from] = range
      .trim()
      .replace(/^U\+/i, '')
      .split('-')
      .map((end) => Number.parseInt(end, 16))
    return [...letters].some((letter) => letter >= from && letter <= to)
  })
}

async function embed(css: string, base: string | null): Promise<string> {
  const [whole = '', file = ''] = /url\(["']?([^"')]+)["']?\)/.exec(css) ?? []
  const font = await fetch(new URL(file, base ?? document.baseURI))
  if (!font.ok) return ''
  const bytes = new Uint8Array(await font.arrayBuffer())
  return css.replace(whole, `url(data:font/woff2;base64,${base64(bytes)})`)
}

function base64(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}
