# Effects absorbed by province, as dummies and taken out first, by clubSandwich.
# Run in this folder: Rscript absorbed.R
# Reads covariance.regions.csv; writes absorbed.csv.

suppressMessages(library(clubSandwich))
options(digits = 17)
regions <- read.csv("covariance.regions.csv", colClasses = c(region_code = "character"))
regions$noted <- regions$poverty_rate
shown <- c("own_source_share", "log_population", "kota")
found <- NULL
keep <- function(model, fit, cluster, root = NULL) {
  if (!is.null(root)) {  # ours is the CR2 of the weighted rows: variances inverse to the weights
    x <- root * model.matrix(fit); y <- root * model.response(fit$model)
    names <- colnames(x); fit <- lm(y ~ 0 + x)
  } else names <- names(coef(fit))
  v <- vcovCR(fit, cluster = cluster, type = "CR2")
  test <- coef_test(fit, vcov = v, test = "Satterthwaite")
  place <- match(shown, names)
  found <<- rbind(found, data.frame(model, name = shown, estimate = coef(fit)[place],
    standard_error = test$SE[place], df = test$df[place], p = test$p_Satt[place]))
}
formula <- harmonised_index ~ own_source_share + log_population + kota + factor(province)
keep("dummies", lm(formula, regions), regions$province)
within <- regions
for (n in c("harmonised_index", shown))
  within[[n]] <- within[[n]] - ave(within[[n]], within$province)
keep("within", lm(harmonised_index ~ 0 + own_source_share + log_population + kota, within),
     within$province)
# Not nested: levels of the province, clusters of another column.
regions$letter <- substr(regions$region_code, 4, 5)
keep("crossed", lm(formula, regions), regions$letter)
weighted <- lm(formula, regions, weights = poverty_rate)
keep("weighted", weighted, regions$province, sqrt(regions$poverty_rate))
write.csv(found, "absorbed.csv", row.names = FALSE)
