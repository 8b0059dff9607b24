/* The parts of the reading room, each by what its addresses begin with. */
#ifndef SERVE_HANDLERS_H
#define SERVE_HANDLERS_H

#include "serve/request.h"

serve_handler serve_home;     /* / : papers, and search */
serve_handler serve_search;   /* /search?q=… */
serve_handler serve_paper;    /* /paper/<title>?year= : a calendar */
serve_handler serve_issue;    /* /issue/<id> : its pages */
serve_handler serve_page;     /* /page/<page id>?q= : deep zoom and text */
serve_handler serve_article;  /* /article/<id>?q= : whole, each part beside its clip */
serve_handler serve_problems; /* /problems */
serve_handler
    serve_manifest; /* /iiif/issue/<id>/… and /iiif/collection/… : Presentation 3, Content Search 2 */
serve_handler serve_collection;
serve_handler serve_image; /* /iiif/<page id>/… : Image API 3 */
serve_handler serve_asset; /* /assets/<name> */
serve_handler serve_enter; /* /enter : who may correct */
serve_handler serve_edit;  /* /edit/… : corrections, by the parts below */

serve_handler serve_edit_name;      /* /edit/name : under which name */
serve_handler serve_edit_lines;     /* /edit/lines/<page id>?article=&from= : texts beside their images */
serve_handler serve_edit_article;   /* /edit/article/<id> : headline, kind, parts */
serve_handler serve_edit_history;   /* /edit/history/<issue id> : what was corrected, and undoing it */
serve_handler serve_edit_conflicts; /* /edit/conflicts : corrections that no longer hold */
serve_handler serve_edit_problem;   /* /edit/problem : settling one */

#endif
