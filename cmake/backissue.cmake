# Warnings, sanitizers and link-time optimisation as one interface target, and the two shapes
# everything in the tree has: a library of modules, and a program whose main.c is linked to it.

add_library(backissue_flags INTERFACE)
target_compile_options(backissue_flags INTERFACE
  -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2
  $<$<BOOL:${BACKISSUE_WERROR}>:-Werror>
  $<$<BOOL:${BACKISSUE_SANITIZE}>:-fsanitize=address,undefined;-fno-sanitize-recover=undefined;-fno-omit-frame-pointer>
  $<$<BOOL:${BACKISSUE_FUZZ}>:-fsanitize=fuzzer-no-link>)
target_link_options(backissue_flags INTERFACE
  $<$<BOOL:${BACKISSUE_SANITIZE}>:-fsanitize=address,undefined>)
target_compile_definitions(backissue_flags INTERFACE _GNU_SOURCE BI_VERSION="${PROJECT_VERSION}")

# bi_library(NAME source... [LINK target...]): a static library of modules.
function(bi_library name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
  target_include_directories(${name} PUBLIC ${CMAKE_CURRENT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/pipeline)
  target_link_libraries(${name} PUBLIC ${ARG_LINK} PRIVATE backissue_flags)
endfunction()

# bi_program(NAME source... [LINK target...] [MAN page...]): an installed program.
function(bi_program name)
  cmake_parse_arguments(ARG "" "" "LINK;MAN" ${ARGN})
  add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE ${ARG_LINK} backissue_flags)
  install(TARGETS ${name} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  foreach(page ${ARG_MAN})
    string(REGEX REPLACE ".*\\." "" section ${page})
    install(FILES ${page} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section})
  endforeach()
endfunction()
