/** The video in pixels; below the picture of the page is the bar with the caption. */
export const VIDEO = { width: 1280, height: 720, pageHeight: 664 };

/** The page that is recorded. It is a little larger, because n8n's panels need the room. */
export const PAGE = { width: 1440, height: 747 };
