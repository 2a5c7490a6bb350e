import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const compressible = new Set(['.js', '.css', '.html', '.svg', '.json', '.ttf', '.webmanifest']);
/** Below this a packet is a packet; compressing gains nothing. */
const minimumBytes = 1024;

/** Writes `.br` and `.gz` beside every text asset, so that the server only has to choose a file. */
export function precompress(): Plugin {
  let outDir = 'dist';
  return {
    name: 'bongsu-precompress',
    apply: 'build',
    configResolved(config) {
      outDir = path.resolve(config.root, config.build.outDir);
    },
    async closeBundle() {
      const names = await readdir(outDir, { recursive: true });
      await Promise.all(
        names.filter((name) => compressible.has(path.extname(name))).map((name) => compress(outDir, name)),
      );
    },
  };
}

async function compress(folder: string, name: string): Promise<void> {
  const file = path.join(folder, name);
  const content = await readFile(file);
  if (content.length < minimumBytes) {
    return;
  }

  const [brotli, zipped] = await Promise.all([
    promisify(brotliCompress)(content, {
      params: {
        // Quality 11 takes ten times as long as 9 on the 8 MB editor worker and saves some ten percent more.
        [constants.BROTLI_PARAM_QUALITY]: content.length > 1_000_000 ? 9 : 11,
        [constants.BROTLI_PARAM_LGWIN]: 22,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      },
    }),
    promisify(gzip)(content, { level: 9 }),
  ]);
  await Promise.all([writeFile(`${file}.br`, brotli), writeFile(`${file}.gz`, zipped)]);
}
