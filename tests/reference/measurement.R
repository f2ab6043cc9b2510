# Measurement models of the dimensions, by lavaan; Mardia's kurtosis by psych.
# Run at the root of the checkout: Rscript tests/reference/measurement.R
# Reads data/processed/scores.csv; writes tests/reference/measurement.csv.
suppressMessages({library(lavaan); library(psych)})
options(digits = 17)
scores <- read.csv("data/processed/scores.csv")
common <- c("baseline", "output", "outcome", "impact", "quick_wins")
models <- c(
  congeneric = paste("f =~ NA*", paste(common, collapse = " + "), "\nf ~~ 1*f"),
  equal_loadings = paste0("f =~ NA*baseline + ", paste0("a*", common, collapse = " + "), "\nf ~~ 1*f"),
  equal_both = paste0("f =~ NA*baseline + ", paste0("a*", common, collapse = " + "), "\nf ~~ 1*f\n",
                      paste0(common, " ~~ e*", common, collapse = "\n")))
found <- NULL
for (rows in c("all", "regular", "kppn_ikn")) for (scale in c("raw", "standardised")) {
  x <- scores[rows == "all" | scores$track == rows, common]
  if (scale == "standardised") x <- as.data.frame(scale(x))
  mardia <- psych::mardia(x, plot = FALSE)
  found <- rbind(found, data.frame(rows, scale, model = "", statistic = c("n", "mardia"),
    value = c(nrow(x), mardia$kurtosis)))
  for (model in names(models)) {
    fit <- cfa(models[[model]], x, estimator = "MLM", likelihood = "normal", meanstructure = FALSE)
    m <- fitMeasures(fit)
    found <- rbind(found, data.frame(rows, scale, model,
      statistic = c("chi_squared", "df", "p", "scaled", "scaled_p", "scaling"),
      value = m[c("chisq", "df", "pvalue", "chisq.scaled", "pvalue.scaled", "chisq.scaling.factor")]))
    if (rows == "all") {
      e <- parameterEstimates(fit)
      found <- rbind(found, data.frame(rows, scale, model, statistic = c(paste0("loading_", common), paste0("error_", common)),
        value = c(e$est[e$op == "=~"][1:5], e$est[e$op == "~~" & e$lhs != "f"])))
    }
    if (rows == "all" && scale == "raw" && model != "equal_both") {  # slow: minutes
      set.seed(1)
      boot <- cfa(models[[model]], x, test = "bollen.stine", bootstrap = 499, meanstructure = FALSE, se = "none")
      found <- rbind(found, data.frame(rows, scale, model, statistic = "bollen_stine_p",
        value = boot@test$bollen.stine$pvalue))
    }
  }
}
found$value <- formatC(found$value, digits = 17, format = "g", width = 1)
write.csv(found, "tests/reference/measurement.csv", row.names = FALSE, quote = FALSE)
