/* The verbs of the program `backissue`, one file each. argv[0] is what messages and --help call the verb
 * ("backissue search"), the rest are its own arguments. Each prints its own messages and returns an exit code
 * of base/error.h. */
#ifndef TOOLS_VERBS_H
#define TOOLS_VERBS_H

int bi_verb_run(int argc, char **argv);
int bi_verb_rerun(int argc, char **argv);
int bi_verb_search(int argc, char **argv);
int bi_verb_show(int argc, char **argv);
int bi_verb_explain(int argc, char **argv);
int bi_verb_list(int argc, char **argv);
int bi_verb_problems(int argc, char **argv);
int bi_verb_verify(int argc, char **argv);
int bi_verb_rebuild(int argc, char **argv);
int bi_verb_dump(int argc, char **argv);
int bi_verb_backup(int argc, char **argv);
int bi_verb_clean(int argc, char **argv);
int bi_verb_status(int argc, char **argv);
int bi_verb_overlay(int argc, char **argv);
int bi_verb_report(int argc, char **argv);
int bi_verb_export(int argc, char **argv);
int bi_verb_serve(int argc, char **argv);

#endif
