// Prints what music-metadata reads of an MP3: its chapters and the tags players show.
import { parseFile } from "music-metadata";

const { common, format } = await parseFile(process.argv[2], { includeChapters: true });
console.log(
  JSON.stringify({
    title: common.title,
    album: common.album,
    genre: common.genre,
    duration: format.duration,
    bitrate: format.bitrate,
    pictures: (common.picture ?? []).map((picture) => picture.format),
    chapters: (format.chapters ?? []).map((chapter) => ({
      title: chapter.title,
      start: chapter.start,
      end: chapter.end,
      url: chapter.url?.url ?? null,
      picture: chapter.image?.format ?? null,
    })),
  }),
);
